"""From a document that came in to the arguments of an operation, and from its result to an answer."""

import dataclasses
import inspect
import types
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Union, get_args, get_origin

import orjson
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, ValidationError, create_model

from anwei.core.actor import Actor
from anwei.core.doors.values import bounded
from anwei.core.errors import NotFound, Refusal
from anwei.core.operation import Operation
from anwei.core.registers import registers
from anwei.core.resources import shown
from anwei.core.rights import right

BACKDATE = right("backdate", _("Enter deeds older than 72 hours"), "administrator", "data_steward")
OLDEST = timedelta(hours=72)
AHEAD = timedelta(minutes=5)


class Malformed(Refusal):
    code = "invalid"
    status = 422
    sentence = _("What was sent cannot be used: %(summary)s. Nothing was changed.")

    @classmethod
    def of(cls, errors: list[dict[str, str]]) -> "Malformed":
        """Make the refusal from its faults: `{"field", "reason"}` each."""
        return cls(summary="; ".join(f"{e['field'] or 'body'}: {e['reason']}" for e in errors[:5]), errors=errors)


class Unreadable(Refusal):
    code = "unreadable"
    status = 400
    sentence = _("What was sent is no JSON document: %(reason)s. Nothing was changed.")


class TimeOutOfBounds(Refusal):
    code = "time_out_of_bounds"
    status = 422
    sentence = _("The time given is in the future or more than 72 hours ago. Nothing was changed; check the clock of your device.")


@cache
def form_for(op: Operation[..., Any]) -> type[BaseModel]:
    """Return the form of an operation's arguments; a time `at` may be left out and is then the time of arrival."""
    fields: dict[str, Any] = {}
    for name, parameter in op.signature.parameters.items():
        if name == "actor":
            continue
        kind = bounded(parameter.annotation)
        if name == "at":
            fields[name] = (kind | None, None)
        else:
            fields[name] = (kind, ... if parameter.default is inspect.Parameter.empty else parameter.default)
    return create_model(op.verb, __config__=ConfigDict(extra="forbid"), **fields)


def parse(op: Operation[..., Any], document: bytes) -> BaseModel:
    """Return the checked form of a JSON document.

    :raises Unreadable: it is no JSON (RFC 8259), or nested beyond reason
    :raises Malformed: with one entry per fault: field and reason
    """
    try:
        return form_for(op).model_validate_json(document)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=False)
        if faults[0]["type"] == "json_invalid":
            raise Unreadable(reason=faults[0]["ctx"]["error"]) from error
        raise Malformed.of([{"field": ".".join(str(part) for part in f["loc"]), "reason": f["msg"]} for f in faults]) from error


def content_of(form: BaseModel) -> bytes:
    """Return what a form says, as bytes that are equal when the same is sent again, through whichever door."""
    return orjson.dumps(form.model_dump(mode="json", exclude_unset=True), option=orjson.OPT_SORT_KEYS)


def loader(op: Operation[..., Any], form: BaseModel, actor: Actor) -> Callable[[], dict[str, Any]]:
    """Return what turns ids into rows, anew at each attempt, each narrowed to what the actor may see."""

    def load() -> dict[str, Any]:
        loaded = {}
        for name, parameter in op.signature.parameters.items():
            if name == "actor":
                continue
            if name == "at":
                loaded[name] = told_time(getattr(form, "at"), actor)  # noqa: B009  the form's fields are made at run time
            elif name == op.on:
                loaded[name] = getattr(form, name)  # the operation itself scopes, locks and reads it
            else:
                loaded[name] = _load(parameter.annotation, getattr(form, name), actor)
        return loaded

    return load


def told_time(at: datetime | None, actor: Actor) -> datetime:
    """Return when a deed happened by the clock of who tells it, or now.

    :raises TimeOutOfBounds: in the future, or longer ago than what may be told afterwards
    """
    now = timezone.now()
    if at is None:
        return now
    if at > now + AHEAD or (at < now - OLDEST and not actor.may(BACKDATE)):
        raise TimeOutOfBounds
    return at


def _load(annotation: Any, value: Any, actor: Actor) -> Any:
    if value is None:
        return None
    if get_origin(annotation) in (Union, types.UnionType):
        annotation = next(a for a in get_args(annotation) if a is not type(None))
    if get_origin(annotation) is list:
        return [_load(get_args(annotation)[0], v, actor) for v in value]
    if isinstance(annotation, type) and issubclass(annotation, models.Model):
        rows: Any = annotation._default_manager
        found = rows.visible_to(actor).filter(pk=value).first()
        if found is None:
            raise NotFound(kind=annotation._meta.verbose_name)
        return found
    if dataclasses.is_dataclass(annotation) and isinstance(annotation, type) and isinstance(value, BaseModel):
        given = {
            f.name: _load(f.type, getattr(value, f.name), actor) for f in dataclasses.fields(annotation) if f.name in value.model_fields_set
        }
        return annotation(**given)
    return value


def show(result: Any, actor: Actor) -> Any:
    """Return a result as the answer that is stored and sent: through its collection, fields by role; else its id."""
    if isinstance(result, models.Model):
        resource = registers.resource_of(type(result))
        return shown(resource, result, actor) if resource else {"id": str(result.pk)}
    if isinstance(result, (list, tuple)):
        return [show(r, actor) for r in result]
    if dataclasses.is_dataclass(result) and not isinstance(result, type):
        return {f.name: show(getattr(result, f.name), actor) for f in dataclasses.fields(result)}
    return result
