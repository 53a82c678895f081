"""Kinds of test instruments, and which can be used."""

from collections.abc import Mapping
from datetime import date
from functools import cache

from anwei.core.actor import Actor
from anwei.core.labels import Label
from anwei.equipment.instruments.models import Instrument, InstrumentRows
from anwei.foundation.definitions.queries import domain


@cache
def kinds() -> Mapping[str, Label]:
    """Return every kind of instrument that checklists name, by its key."""
    return {row["key"]: Label(row["zh"], row["en"]) for row in domain("checklists")["instruments"]}


@cache
def months_of(kind: str) -> int:
    """Return for how many months a calibration of this kind of instrument holds as a rule."""
    rows = {row["key"]: row for row in domain("checklists")["instruments"]}
    return int(rows[kind]["calibration_months"]["value"] or 12)


def usable_on(actor: Actor, day: date, kind: str = "") -> InstrumentRows:
    """Return the instruments whose calibration holds on a day, of one kind or of all."""
    rows = Instrument.objects.visible_to(actor).usable_on(day).order_by("number")
    return rows.filter(kind=kind) if kind else rows
