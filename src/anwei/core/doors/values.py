"""Bounded types: what may come in through a door, whatever the argument is called."""

import dataclasses
import types
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
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
    create_model,
)

LONGEST_TEXT = 10_000
MOST_LINES = 2_000
LARGEST_FILE = 16_000_000
EARLIEST, LATEST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


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


def _storable_json(value: Any) -> Any:
    pending, count = [value], 0
    while pending:
        item, count = pending.pop(), count + 1
        if count > 20_000:
            raise ValueError("too many values")
        if isinstance(item, str):
            storable(item)
        elif isinstance(item, dict):
            pending += [*item.keys(), *item.values()]
        elif isinstance(item, list):
            pending += item
        elif isinstance(item, float) and not -1e308 < item < 1e308:
            raise ValueError("not a number")
    return value


def _in_bounds(at: datetime) -> datetime:
    if not EARLIEST <= at <= LATEST:
        raise ValueError("the time must lie between 1990 and 2100")
    return at


def _date_in_bounds(day: date) -> date:
    if not EARLIEST.date() <= day <= LATEST.date():
        raise ValueError("the date must lie between 1990 and 2100")
    return day


Text = Annotated[str, StringConstraints(max_length=LONGEST_TEXT), AfterValidator(storable)]
Number = Annotated[
    Decimal,
    Field(max_digits=18, decimal_places=6, allow_inf_nan=False),
    WithJsonSchema({"type": "string", "pattern": r"^-?\d{1,12}(\.\d{1,6})?$", "examples": ["12.50"]}),
]
Moment = Annotated[AwareDatetime, AfterValidator(_in_bounds)]
Day = Annotated[date, AfterValidator(_date_in_bounds)]
Whole = Annotated[int, Field(ge=-(2**31), lt=2**31, strict=True)]
Flag = Annotated[bool, Field(strict=True)]
File = Annotated[Base64Bytes, Field(max_length=LARGEST_FILE)]
Json = Annotated[dict[str, Any], AfterValidator(_storable_json)]

SCALARS: dict[Any, Any] = {
    str: Text, Decimal: Number, datetime: Moment, date: Day, int: Whole, bool: Flag, UUID: UUID, bytes: File, dict: Json,
}  # fmt: skip


def bounded(annotation: Any) -> Any:
    """Return the bounded type that stands for an annotation at the doors.

    A model becomes its id; a dataclass becomes a form of its own; lists, unions and literals keep their shape.

    :raises TypeError: no door knows the type
    """
    if annotation in SCALARS:
        return SCALARS[annotation]
    origin = get_origin(annotation)
    if origin in (Union, types.UnionType):
        return Union[tuple(bounded(a) for a in get_args(annotation))]  # noqa: UP007  the parts are only known now
    if origin is list:
        return Annotated[list[bounded(get_args(annotation)[0])], Field(max_length=MOST_LINES)]  # type: ignore[misc]
    if origin is dict:
        return Json
    if origin is Literal or annotation is type(None) or annotation is Any:
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
        default = ... if f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING else None
        kind = bounded(f.type)
        fields[f.name] = (kind, ...) if default is ... else (kind | None, None)
    return create_model(annotation.__name__, __config__=ConfigDict(extra="forbid"), **fields)
