"""Rows of any table, made from its fields alone, so that tables added later are covered without a word."""

import string
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import IntegrityError, models, transaction
from django.utils import timezone

ATTEMPTS = 300  # until the checks of the database are met by chance: numbers are drawn small so that sums come out even


class NoRowFound(AssertionError):
    """No row of a table could be made by chance; `rows.py` must learn a kind of field."""


def value_for(field: Any, chance: Random) -> Any:
    """Return a value that a field takes."""
    if field.choices:
        return chance.choice([value for value, _label in field.flatchoices])
    if isinstance(field, ArrayField):
        return [value_for(field.base_field, chance)]
    for kind, make in MAKERS:
        if isinstance(field, kind):
            return make(field, chance)
    raise NoRowFound(f"{field} is of a kind without a maker: {type(field).__name__}")


def _text(field: Any, chance: Random) -> str:
    return "".join(chance.choices(string.ascii_lowercase + "安维修", k=min(field.max_length or 12, 12)))


def _moment(field: Any, chance: Random) -> datetime:
    return timezone.now() + timedelta(minutes=chance.randrange(-100_000, 100_000))


# the first kind that fits decides: a date-and-time is a date, an address of mail is a text
MAKERS: list[tuple[type[Any], Any]] = [
    (models.UUIDField, lambda field, chance: UUID(int=chance.getrandbits(128), version=4)),
    (models.DateTimeField, _moment),
    (models.DateField, lambda field, chance: date(2026, 1, 1) + timedelta(days=chance.randrange(1000))),
    (models.TimeField, lambda field, chance: time(chance.randrange(24))),
    (models.DurationField, lambda field, chance: timedelta(minutes=chance.randrange(1000))),
    (models.BooleanField, lambda field, chance: chance.random() < 0.5),
    (models.DecimalField, lambda field, chance: Decimal(chance.randrange(3))),
    (models.FloatField, lambda field, chance: chance.randrange(3) / 2),
    (models.IntegerField, lambda field, chance: chance.randrange(3)),
    (models.BinaryField, lambda field, chance: chance.randbytes(min(field.max_length or 32, 32))),
    (models.JSONField, lambda field, chance: {"n": chance.randrange(1000)}),
    (models.EmailField, lambda field, chance: f"{chance.randrange(10**9)}@example.com"),
    (models.URLField, lambda field, chance: f"https://example.com/{chance.randrange(10**9)}"),
    (models.CharField, _text),
    (models.TextField, _text),
]


def written(model: type[models.Model]) -> list[Any]:
    """Return the fields that a row is written with: not what the database or the model itself fills in."""
    skipped = (SearchVectorField, models.GeneratedField, models.AutoField)
    return [f for f in model._meta.local_concrete_fields if not isinstance(f, skipped) and not getattr(f, "auto_now", False)]


def new_row(model: type[models.Model], chance: Random, **given: Any) -> Any:
    """Return a row that the database would take, not written; the rows that it points at are. What is given is not drawn."""
    for _attempt in range(ATTEMPTS):
        row = _drawn(model, chance, given)
        try:
            with transaction.atomic():
                row.save(force_insert=True)
                transaction.set_rollback(True)
        except IntegrityError:
            continue
        row._state.adding = True
        if isinstance(model._meta.pk, models.AutoField):
            row.pk = None
        return row
    raise NoRowFound(f"no row of {model._meta.label} by chance")


def made_row(model: type[models.Model], chance: Random, **given: Any) -> Any:
    """Return a row, written."""
    row = new_row(model, chance, **given)
    row.save(force_insert=True)
    return row


def _drawn(model: type[models.Model], chance: Random, given: Mapping[str, Any]) -> Any:
    open_fields = [f for f in written(model) if f.name not in given and not (f.primary_key and f.default is not models.NOT_PROVIDED)]
    return model(**{field.name: drawn(field, chance) for field in open_fields}, **given)


def drawn(field: Any, chance: Random) -> Any:
    """Return a value for a field of a row, now and then none, with the row that it points at."""
    if field.null and chance.random() < 0.5:
        return None
    if not field.is_relation:
        return value_for(field, chance)
    return None if field.null and field.related_model is field.model else made_row(field.related_model, chance)
