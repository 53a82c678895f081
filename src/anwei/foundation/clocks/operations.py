"""Starting, pausing and stopping clocks: written within the deed of whoever owns the subject."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from anwei.foundation.clocks.models import Clock, Pause
from anwei.foundation.clocks.queries import calendar_of, pauses_of
from anwei.foundation.clocks.rules import Target
from anwei.foundation.definitions.models import Version


def start_clocks(
    *, subject: UUID, kinds: Iterable[str], target: Target, calendar: Version | None, sla: Version | None, at: datetime
) -> None:
    """Start the clocks of a subject that have a target; one that ran before (a repair sent back) runs on from where it stopped.

    A start outside of the target's calendar is promised by its off-hours where it has any, and then every minute counts.
    """
    had = {c.kind: c for c in Clock.objects.filter(subject=subject, kind__in=list(kinds)).exclude(state=Clock.State.CANCELLED)}
    for kind in kinds:
        if kind in had:
            continue
        called_in = kind in target.off_hours and not calendar_of(calendar.pk if calendar else None).is_working(at)
        counts = None if called_in else calendar
        if (minutes := target.off_hours[kind] if called_in else target.minutes.get(kind)) is None:
            continue
        due = calendar_of(counts.pk if counts else None).add(at, minutes)
        Clock.objects.create(subject=subject, kind=kind, calendar=counts, sla=sla, target_minutes=minutes, started_at=at, due_at=due)


def _running(subject: UUID, kinds: Iterable[str], *states: str) -> list[Clock]:
    return list(Clock.objects.filter(subject=subject, kind__in=list(kinds), state__in=states).select_for_update().order_by("kind"))


def pause_clocks(*, subject: UUID, kinds: Iterable[str], reason: str, at: datetime) -> None:
    """Pause running clocks from a time on."""
    for clock in _running(subject, kinds, Clock.State.RUNNING):
        Pause.objects.create(clock=clock, from_at=max(at, clock.started_at), reason=reason)
        clock.state, clock.paused_at, clock.pause_reason = Clock.State.PAUSED, at, reason
        clock.save()


def resume_clocks(*, subject: UUID, kinds: Iterable[str], at: datetime) -> None:
    """Let paused clocks run on; what is due moves by the working time that was lost."""
    for clock in _running(subject, kinds, Clock.State.PAUSED):
        _end_pause(clock, at)
        clock.state, clock.paused_at, clock.pause_reason = Clock.State.RUNNING, None, ""
        clock.due_at = calendar_of(clock.calendar_id).add(clock.started_at, clock.target_minutes, pauses_of(clock, at))
        clock.save()


def _end_pause(clock: Clock, at: datetime) -> None:
    for pause in clock.pauses.filter(to_at=None):
        pause.to_at = max(at, pause.from_at)
        pause.save()


def stop_clocks(*, subject: UUID, kinds: Iterable[str], at: datetime) -> None:
    """Stop clocks: the promise is kept or broken, and stays so."""
    for clock in _running(subject, kinds, Clock.State.RUNNING, Clock.State.PAUSED):
        _end_pause(clock, at)
        calendar, pauses = calendar_of(clock.calendar_id), pauses_of(clock, at)
        clock.due_at = calendar.add(clock.started_at, clock.target_minutes, pauses)
        clock.used_minutes = calendar.between(clock.started_at, max(at, clock.started_at), pauses)
        clock.state, clock.stopped_at, clock.paused_at = Clock.State.STOPPED, at, None
        clock.save()


def reopen_clocks(*, subject: UUID, kinds: Iterable[str]) -> None:
    """Let stopped clocks run on as if they had not been stopped: the work was sent back."""
    for clock in _running(subject, kinds, Clock.State.STOPPED):
        clock.state, clock.stopped_at, clock.used_minutes = Clock.State.RUNNING, None, None
        clock.save()
