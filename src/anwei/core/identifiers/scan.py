"""One scan: what a single barcode says, before the codes of a label are put together."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Issuer(StrEnum):
    """Name the bodies that issue device identifiers."""

    GS1 = "GS1"
    HIBCC = "HIBCC"
    ICCBBA = "ICCBBA"
    MA = "MA"
    AHM = "AHM"


@dataclass(frozen=True, slots=True)
class Scan:
    """Hold the parts of one barcode; ``check`` is the check character of a HIBC primary, ``link`` that to which a secondary refers."""

    issuer: Issuer
    di: str | None = None
    serial: str | None = None
    lot: str | None = None
    made_on: date | None = None
    expires_on: date | None = None
    check: str | None = None
    link: str | None = None


def read_day(year: str, month: str, day: str = "00") -> date:
    """Return the day; two-digit years are of this century, the day 00 is the last of its month.

    :raises ValueError: there is no such day
    """
    full = int(year) + (2000 if len(year) == 2 else 0)
    return date(full, int(month), int(day) or monthrange(full, int(month))[1])


def read_day_of_year(year: str, day: str) -> date:
    """Return the day counted from New Year, 001 to 366.

    :raises ValueError: there is no such day
    """
    first = read_day(year, "01", "01")
    found = first + timedelta(days=int(day) - 1)
    if found.year != first.year:
        raise ValueError(f"{first.year} has no day {day}")
    return found
