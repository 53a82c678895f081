"""Symptom chips in ward words, by category of device."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from anwei.core.labels import Label
from anwei.foundation.definitions.queries import domain

SHOWN_FIRST = 6


@dataclass(frozen=True, slots=True)
class Symptom:
    """One chip, with how likely a patient is at risk."""

    key: str
    label: Label
    risk: str


@cache
def _all() -> tuple[dict[str, tuple[Symptom, ...]], tuple[Symptom, ...]]:
    document: dict[str, Any] = domain("faults")

    def read(rows: list[dict[str, Any]]) -> tuple[Symptom, ...]:
        return tuple(Symptom(r["key"], Label(r["zh"], r["en"]), r.get("patient_risk", "low")) for r in rows)

    return {c["category"]: read(c["symptoms"]) for c in document["categories"]}, read(document["common_symptoms"])


def symptoms_for(category: str) -> tuple[Symptom, ...]:
    """Return the chips of a category, its own first, then those that fit every device."""
    own, common = _all()
    return (*own.get(category, ()), *common)


@cache
def _labels() -> dict[str, Symptom]:
    own, common = _all()
    return {s.key: s for rows in (*own.values(), common) for s in rows}


def symptom(key: str) -> Symptom | None:
    """Return a chip by its key."""
    return _labels().get(key)


def title_of(key: str, title: str) -> Label | str:
    """Return the title of an order in both languages where it is its symptom's own words; what somebody typed stays as typed."""
    chip = symptom(key)
    return chip.label if chip and title == chip.label.zh else title
