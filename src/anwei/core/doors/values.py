"""Bounded types: what may come in through a door, whatever the argument is called."""

import dataclasses
import re
import types
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin
from uuid import UUID

from django.db import models
from pydantic import (
    AfterValidator,
    AwareDatetime,
    Base64Bytes,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
    create_model,
)

LONGEST_TEXT = 10_000
MOST_LINES = 2_000
MOST_VALUES = 20_000
DEEPEST = 60
LARGEST_FILE = 16_000_000
LARGEST_EXACT = 2**53  # beyond it JSON numbers are not exact everywhere (RFC 8259, section 6)
EARLIEST, LATEST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
NUMBER = r"-?[0-9]{1,12}(\.[0-9]{1,6})?"
MOMENT = r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)"  # RFC 3339
DAY = r"\d{4}-\d\d-\d\d"


def storable(text: str) -> str:
    """Return the text if the database can keep it.

    :raises ValueError: it holds a NUL character or half of a surrogate pair
    """
    if "\x00" in text:
        raise ValueError("the text holds a NUL character")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError("the text holds half of a surrogate pair") from error
    return text


def _storable_json(value: dict[str, Any]) -> dict[str, Any]:
    pending: list[tuple[Any, int]] = [(value, 0)]
    for _seen in range(MOST_VALUES):
        if not pending:
            return value
        item, depth = pending.pop()
        if depth > DEEPEST:
            raise ValueError("nested too deeply")
        if isinstance(item, str):
            storable(item)
        elif isinstance(item, (int, float)) and not -LARGEST_EXACT <= item <= LARGEST_EXACT:
            raise ValueError("a number is too large or none")
        elif isinstance(item, (dict, list)):
            inner = [*item.keys(), *item.values()] if isinstance(item, dict) else item
            pending += [(i, depth + 1) for i in inner]
    raise ValueError("too many values")


def _in_bounds(at: datetime) -> datetime:
    if not EARLIEST <= at <= LATEST:
        raise ValueError("the time must lie between 1990 and 2100")
    return at


def _day_in_bounds(day: date) -> date:
    if not EARLIEST.date() <= day <= LATEST.date():
        raise ValueError("the date must lie between 1990 and 2100")
    return day


def _written(pattern: str, example: str) -> BeforeValidator:
    """Take nothing but text of one form: a JSON number would have been rounded, a count of seconds would be taken for a time."""
    form = re.compile(pattern, re.ASCII)

    def check(value: Any) -> Any:
        if (isinstance(value, str) and not form.fullmatch(value)) or isinstance(value, (int, float)):
            raise ValueError(f"must be written as text like {example}")
        return value

    return BeforeValidator(check)


Text = Annotated[str, StringConstraints(max_length=LONGEST_TEXT), AfterValidator(storable)]
Number = Annotated[
    Decimal,
    Field(max_digits=18, decimal_places=6, allow_inf_nan=False),
    _written(NUMBER, "12.50"),
    WithJsonSchema({"type": "string", "pattern": f"^{NUMBER}$", "examples": ["12.50"]}),
]
Moment = Annotated[AwareDatetime, AfterValidator(_in_bounds), _written(MOMENT, "2026-11-24T14:30:00+08:00")]
Day = Annotated[date, AfterValidator(_day_in_bounds), _written(DAY, "2026-11-24")]
Whole = Annotated[int, Field(ge=-(2**31), lt=2**31, strict=True)]
Flag = Annotated[bool, Field(strict=True)]
File = Annotated[Base64Bytes, Field(max_length=LARGEST_FILE)]
Json = Annotated[dict[str, Any], AfterValidator(_storable_json)]

SCALARS: dict[Any, Any] = {
    str: Text, Decimal: Number, datetime: Moment, date: Day, int: Whole, bool: Flag, UUID: UUID, bytes: File, dict: Json,
}  # fmt: skip


def bounded(annotation: Any) -> Any:
    """Return the bounded type that stands for an annotation at the doors.

    A model becomes its id; a dataclass becomes a form of its own; lists, unions and literals keep their shape; what `Annotated` adds stays.

    :raises TypeError: no door knows the type
    """
    if annotation in SCALARS:
        return SCALARS[annotation]
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return Annotated[bounded(inner[0]), *inner[1:]]
    if origin in (Union, types.UnionType):
        return Union[tuple(bounded(a) for a in inner)]  # noqa: UP007  the parts are only known now
    if origin is list:
        return Annotated[list[bounded(inner[0])], Field(max_length=MOST_LINES)]  # type: ignore[misc]
    if origin is dict:
        return Json
    if origin is Literal or annotation is type(None):
        return annotation
    if isinstance(annotation, type):
        return _of_class(annotation)
    raise TypeError(f"no door knows {annotation!r}")


def _of_class(annotation: type) -> Any:
    if issubclass(annotation, models.Model):
        return UUID
    if issubclass(annotation, Enum):
        return annotation
    if dataclasses.is_dataclass(annotation):
        return form_of(annotation)
    raise TypeError(f"no door knows {annotation!r}")


@cache
def form_of(annotation: type) -> type[BaseModel]:
    """Return the form of a declared input type (a dataclass): lines of a document, money, a quantity."""
    fields: dict[str, Any] = {}
    for f in dataclasses.fields(annotation):
        if f.default_factory is not dataclasses.MISSING:
            fields[f.name] = (bounded(f.type), Field(default_factory=f.default_factory))
        else:
            fields[f.name] = (bounded(f.type), ... if f.default is dataclasses.MISSING else f.default)
    return create_model(annotation.__name__, __config__=ConfigDict(extra="forbid"), __module__=annotation.__module__, **fields)


FILTERS: dict[type[Any], tuple[type, Callable[[str], Any]]] = {
    models.BooleanField: (bool, lambda text: {"true": True, "false": False}.get(text, text)),
    models.IntegerField: (int, lambda text: int(text) if re.fullmatch(r"-?[0-9]{1,10}", text, re.ASCII) else text),
    models.UUIDField: (UUID, str),
    models.DateTimeField: (datetime, str),
    models.DateField: (date, str),
    models.DecimalField: (Decimal, str),
}


def filter_of(field: "models.Field[Any, Any]") -> tuple[type, Callable[[str], Any]]:
    """Return the kind of value by which a column is filtered, and what reads it from the text of an address."""
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    return next((found for kind, found in FILTERS.items() if isinstance(target, kind)), (str, str))
