"""Whether somebody is competent for a category of devices on a day: skills that are graded, certificates that hold."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

GRADES = (1, 2, 3, 4)
ALONE = 2  # the lowest grade that may be sent alone (people.yaml, skill_grades)


@dataclass(frozen=True, slots=True)
class Need:
    """What a category of devices asks of who repairs it."""

    skills: Collection[str]
    certificates: Collection[str]


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is missing: a skill, a grade that is too low, a certificate that is missing or expired."""

    what: str  # "skill", "grade", "certificate", "expired"
    key: str


def lacks(need: Need, grades: Mapping[str, int], certificates: Mapping[str, date | None], on: date) -> list[Lack]:
    """Return what is missing; nothing means competent. An expired certificate means no."""
    found = [Lack("skill", s) for s in need.skills if s not in grades]
    found += [Lack("grade", s) for s in need.skills if s in grades and grades[s] < ALONE]
    for kind in need.certificates:
        if kind not in certificates:
            found.append(Lack("certificate", kind))
        elif (end := certificates[kind]) is not None and end < on:
            found.append(Lack("expired", kind))
    return found
