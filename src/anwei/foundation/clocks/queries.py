"""Clocks of a subject, and their calendars."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from anwei.core.working_time import WorkCalendar
from anwei.foundation.clocks.models import Clock
from anwei.foundation.definitions.models import Version


@lru_cache(maxsize=64)
def _calendar(version: UUID) -> WorkCalendar:
    # a published version is never edited: it may be kept for the life of the process
    return WorkCalendar.from_definition(Version.objects.values_list("body", flat=True).get(pk=version))


ROUND_THE_CLOCK = WorkCalendar.round_the_clock()


def calendar_of(version: UUID | None) -> WorkCalendar:
    """Return the calendar of a published version; without one every minute counts."""
    return _calendar(version) if version else ROUND_THE_CLOCK


def clocks_of(subject: UUID) -> list[Clock]:
    """Return the clocks of a subject in the order in which they were started, cancelled ones left out."""
    return list(Clock.objects.filter(subject=subject).exclude(state=Clock.State.CANCELLED).order_by("due_at", "id"))


def next_due(clocks: Iterable[Clock]) -> datetime | None:
    """Return the earliest time that is due among the clocks that run."""
    return min((c.due_at for c in clocks if c.state == Clock.State.RUNNING), default=None)


def pauses_of(clock: Clock, until: datetime) -> list[tuple[datetime, datetime]]:
    """Return the stretches that do not count, an open one up to `until`."""
    return [(p.from_at, p.to_at or max(until, p.from_at)) for p in clock.pauses.order_by("from_at")]
