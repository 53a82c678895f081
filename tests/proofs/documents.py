"""A document for every operation, from its signature alone, and the rows that its models name."""

import base64
import dataclasses
import types
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from importlib import import_module
from inspect import Parameter, signature
from random import Random
from typing import Annotated, Any, Literal, Union, get_args, get_origin
from uuid import UUID, uuid4

from django.db import models
from django.utils import timezone
from django.utils.module_loading import module_has_submodule

from anwei.core.operation import Operation
from anwei.equipment.devices.models import Device, Sticker
from anwei.equipment.devices.tests.factory import make_device, make_hospital, make_sticker
from anwei.foundation.definitions.models import Definition
from tests.trail.rows import made_row

Path = tuple[str | int, ...]
CHANCE = Random(46)


def device_of_its_own() -> Device:
    """Return a device of a hospital that nobody else has."""
    return make_device(make_hospital(f"第{CHANCE.randrange(10**9)}医院"))


KNOWN: dict[type[models.Model], Callable[[], Any]] = {
    Definition: lambda: Definition.objects.filter(kind="role").first(),
    Device: device_of_its_own,
    Sticker: lambda: make_sticker(device_of_its_own()),  # a blank one is nobody's
}


def row_of(model: type[models.Model]) -> Any:
    """Return a new row: made by the factory of its app, else from its fields alone. Within a deed."""
    if model in KNOWN:
        return KNOWN[model]()
    make = _factory(model)
    return make() if make else made_row(model, CHANCE)


def _factory(model: type[models.Model]) -> Callable[[], Any] | None:
    app = model._meta.app_config
    assert app is not None
    if not module_has_submodule(app.module, "tests") or not module_has_submodule(import_module(f"{app.name}.tests"), "factory"):
        return None
    make = getattr(import_module(f"{app.name}.tests.factory"), f"make_{model._meta.model_name}", None)
    free = make and all(p.default is not Parameter.empty or p.kind is Parameter.VAR_KEYWORD for p in signature(make).parameters.values())
    return make if free else None


def arguments(op: Operation[..., Any]) -> Iterator[tuple[str, Any]]:
    """Give the arguments that come in through a door."""
    return ((name, p.annotation) for name, p in op.signature.parameters.items() if name != "actor")


def places(annotation: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """Give every place of an argument where a single value stands, with its kind; lines and inner forms are opened."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        yield from places(inner[0], path)
    elif origin in (Union, types.UnionType):
        yield from places(next(a for a in inner if a is not type(None)), path)
    elif origin is list:
        yield from places(inner[0], (*path, 0))
    elif dataclasses.is_dataclass(annotation) and isinstance(annotation, type):
        for f in dataclasses.fields(annotation):
            yield from places(f.type, (*path, f.name))
    else:
        yield path, dict if origin is dict else annotation


def all_places(op: Operation[..., Any]) -> list[tuple[Path, Any]]:
    """Return every place of an operation's document."""
    return [found for name, annotation in arguments(op) for found in places(annotation, (name,))]


def document_for(op: Operation[..., Any], key_of: Callable[[type[models.Model]], UUID]) -> dict[str, Any]:
    """Return a document that every door can read; `key_of` names the row of each model."""
    made: dict[str, Any] = {}
    for path, kind in all_places(op):
        put(made, path, sample(kind, key_of))
    return made


def put(document: Any, path: Path, value: Any) -> None:
    """Put a value at a place of a document, making what leads there."""
    for step, following in zip(path, (*path[1:], None), strict=True):
        if following is None:
            fresh: Any = value
        else:
            fresh = [] if following == 0 else {}
        if isinstance(document, list):
            if not document:
                document.append(fresh)
            elif following is None:
                document[0] = fresh
            document = document[0]
        else:
            if following is None or step not in document:
                document[step] = fresh
            document = document[step]


def sample(kind: Any, key_of: Callable[[type[models.Model]], UUID]) -> Any:
    """Return an ordinary value of a kind, as JSON carries it."""
    now = timezone.now()
    plain: dict[Any, Any] = {
        str: "x", Decimal: "1.00", int: 1, bool: True, dict: {"a": 1}, UUID: str(uuid4()), bytes: base64.b64encode(b"hello").decode(),
        datetime: now.isoformat(), date: (now.date() + timedelta(days=30)).isoformat(),
    }  # fmt: skip
    if kind in plain:
        return plain[kind]
    if get_origin(kind) is Literal:
        return get_args(kind)[0]
    if issubclass(kind, Enum):
        return next(iter(kind)).value
    assert issubclass(kind, models.Model), f"no sample of {kind}"
    return str(key_of(kind))
