"""Paging by position: the next page starts behind the last row seen, so that page 1,000 costs what page 1 costs.

The method is the *seek method* (Winand, "SQL Performance Explained", ch. 7). An index on the sort fields and the key, in this
order, serves both directions.
"""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core import signing
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, Model, Q

Row = dict[str, Any]
Value = str | int | bool | Decimal | dt.datetime | dt.date | uuid.UUID | None

_SIGNER = signing.Signer(salt="anwei.core.lists")
_READERS: Mapping[str, Any] = {
    "n": lambda text: None,
    "b": lambda text: text == "1",
    "i": int,
    "c": Decimal,
    "t": dt.datetime.fromisoformat,
    "a": dt.date.fromisoformat,
    "u": uuid.UUID,
    "s": str,
}


@dataclass(frozen=True, slots=True)
class Ordering:
    """The fields by which a list is sorted, the unique one last; all run in one direction, with empty values where PostgreSQL puts them."""

    fields: tuple[str, ...]
    descending: bool
    nullable: frozenset[str]

    def terms(self, *, backwards: bool = False) -> list[str]:
        """Give the arguments of ``order_by``."""
        sign = "-" if self.descending != backwards else ""
        return [f"{sign}{field}" for field in self.fields]

    def position(self, row: Row) -> tuple[Value, ...]:
        """Read where a row stands."""
        return tuple(row[field] for field in self.fields)

    def beyond(self, position: Sequence[Value], *, backwards: bool = False) -> Q:
        """Narrow to the rows behind a position, or before it."""
        rising = self.descending == backwards
        found = Q(pk__in=[])
        same = Q()
        for field, value in zip(self.fields, position, strict=True):
            strict = self._strictly(field, value, rising)
            if strict is not None:
                found |= same & strict
            same &= Q(**{f"{field}__isnull": True}) if value is None else Q(**{field: value})
        return found & self._start(position[0], rising)

    def _strictly(self, field: str, value: Value, rising: bool) -> Q | None:
        if value is None:
            return None if rising else Q(**{f"{field}__isnull": False})
        if not rising:
            return Q(**{f"{field}__lt": value})
        later = Q(**{f"{field}__gt": value})
        return later | Q(**{f"{field}__isnull": True}) if field in self.nullable else later

    def _start(self, value: Value, rising: bool) -> Q:
        # The planner turns no OR into an index range: this bound, implied by the rest, lets it start there
        first = self.fields[0]
        if value is None or first in self.nullable:
            return Q()
        return Q(**{f"{first}__{'gte' if rising else 'lte'}": value})


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a sorted list and the direction to read from it."""

    position: tuple[Value, ...]
    backwards: bool


def may_be_empty(model: type[Model], path: str) -> bool:
    """Tell whether a field, also across relations, can be NULL; an annotation may always be."""
    nullable = False
    for part in path.split("__"):
        try:
            field = model._meta.pk if part == "pk" else model._meta.get_field(part)
        except FieldDoesNotExist:
            return True
        if not isinstance(field, Field):
            return True
        nullable = nullable or field.null
        if field.related_model and not isinstance(field.related_model, str):
            model = field.related_model
    return nullable


def write_cursor(sort: str, cursor: Cursor) -> str:
    """Make the opaque text of a cursor; it holds for this sort only."""
    return _SIGNER.sign_object([sort, cursor.backwards, [_tagged(value) for value in cursor.position]])


def read_cursor(text: str, sort: str, length: int) -> Cursor | None:
    """Read a cursor back; give None when it was altered, made by another installation or for another sort."""
    try:
        made_for, backwards, position = _SIGNER.unsign_object(text)
    except (signing.BadSignature, ValueError):
        return None
    if made_for != sort or len(position) != length:
        return None
    return Cursor(tuple(_READERS[tag](value) for tag, value in position), bool(backwards))


def _tagged(value: Value) -> tuple[str, str]:
    if value is None:
        return "n", ""
    if isinstance(value, bool):
        return "b", "1" if value else "0"
    if isinstance(value, dt.datetime):
        return "t", value.isoformat()
    if isinstance(value, dt.date):
        return "a", value.isoformat()
    for tag, kind in (("i", int), ("c", Decimal), ("u", uuid.UUID), ("s", str)):
        if isinstance(value, kind):
            return tag, str(value)
    raise TypeError(f"a list cannot be sorted by a {type(value).__name__}")
