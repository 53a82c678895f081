"""Who fits best and when: free time, load, the order of candidates, and the quarters of a day's row."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

QUARTER = timedelta(minutes=15)
SETTING_OUT = 15  # minutes before anybody is on the road
SPEED = 50  # km in an hour, door to door

Span = tuple[datetime, datetime]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Standing:
    """How an engineer stands to one job: what forbids it, minutes too late, whether a fitting part lies in the van, km, load in %."""

    forbidden: bool
    late: int
    has_part: bool
    km: float
    load: int

    @property
    def rank(self) -> tuple[bool, int, bool, float, int]:
        """Give the place among candidates, the lowest first: who may go; then the clock; then the part, the way and the load."""
        return (self.forbidden, self.late, not self.has_part, self.km, self.load)


def travel_minutes(km: float) -> int:
    """Return how long the way takes, in whole minutes."""
    return SETTING_OUT + round(km * 60 / SPEED)


def quarter_up(at: datetime) -> datetime:
    """Return the first quarter of an hour that is not before a time."""
    rest = timedelta(minutes=at.minute % 15, seconds=at.second, microseconds=at.microsecond)
    return at + (QUARTER - rest) if rest else at


def free_slot(open_spans: Iterable[Span], busy: Iterable[Span], length: timedelta) -> Span | None:
    """Return the first time of a length, beginning on a quarter, that lies in an open span and meets nothing busy."""
    taken = sorted(busy)
    for opens, closes in open_spans:
        start = quarter_up(opens)
        for begins, ends in taken:
            if begins < start + length and ends > start:
                start = quarter_up(ends)
        if start + length <= closes:
            return start, start + length
    return None


def minutes_late(arrives: datetime, due: datetime | None) -> int:
    """Return by how many minutes an arrival misses what was promised; 0 where nothing is missed."""
    return max(0, int((arrives - due).total_seconds() // 60)) if due else 0


def load_share(busy: Iterable[Span], day: Span, working_minutes: int) -> int:
    """Return how much of a day's working time is planned, in per cent; over 100 where more is planned than fits."""
    start, end = day
    planned = sum((max(min(to_at, end) - max(from_at, start), timedelta()) for from_at, to_at in busy), timedelta())
    return round(planned / timedelta(minutes=working_minutes) * 100) if working_minutes else 0


def pieces(blocks: Sequence[tuple[Span, T]], start: datetime, quarters: int) -> Iterator[tuple[int, T | None]]:
    """Cut a row into (quarters, block or nothing) so that they add up to the row's width; what overlaps begins where the earlier ends."""
    cursor = 0
    for (begins, ends), block in sorted(blocks, key=lambda row: row[0]):
        first = max(cursor, _quarter(begins, start))
        last = min(quarters, _quarter(quarter_up(ends), start))
        if last <= first:
            continue
        if first > cursor:
            yield first - cursor, None
        yield last - first, block
        cursor = last
    if cursor < quarters:
        yield quarters - cursor, None


def _quarter(at: datetime, start: datetime) -> int:
    return (at - start) // QUARTER
