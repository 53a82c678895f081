"""Clocks as people read them: time left in words, the used share behind it."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anwei.core import wording
from anwei.core.shell import ClockView, Text
from anwei.foundation.clocks.models import Clock

NAMES: dict[str, Text] = {
    "respond": gettext_lazy("Response"),
    "onsite": gettext_lazy("Arrival"),
    "restore": gettext_lazy("Restored"),
    "report": gettext_lazy("Report"),
}
SOON = timedelta(hours=2)
CALM_SHARE = 75


def share(start: datetime, end: datetime, at: datetime) -> int:
    """Return how much of a span is used, in per cent from 0 to 100."""
    whole = (end - start).total_seconds()
    return 100 if whole <= 0 else max(0, min(100, int((at - start).total_seconds() * 100 / whole)))


def left_view(*, started: datetime, due: datetime, now: datetime, title: Text = "") -> ClockView:
    """Return a running clock: red when breached, amber when little is left, blue otherwise."""
    minutes = int((due - now).total_seconds() // 60)
    used = share(started, due, now)
    colour = "red" if minutes < 0 else "amber" if due - now <= SOON or used >= CALM_SHARE else "blue"
    return ClockView(wording.left(minutes), used, colour, title=title)  # type: ignore[arg-type]


def clock_view(clock: Clock, now: datetime) -> ClockView:
    """Return one clock of a subject, whatever its state."""
    name = str(NAMES.get(clock.kind, clock.kind))
    target = _("Due %(due)s, target %(span)s") % {"due": wording.when(clock.due_at), "span": wording.hours(clock.target_minutes)}
    if clock.state == Clock.State.STOPPED:
        kept = clock.stopped_at is not None and clock.stopped_at <= clock.due_at
        word = wording.span(clock.used_minutes or 0)
        title = _("%(clock)s, in time") % {"clock": name} if kept else _("%(clock)s, too late") % {"clock": name}
        return ClockView(
            word,
            share(clock.started_at, clock.due_at, clock.stopped_at or now),
            "green" if kept else "red",
            met=kept,
            title=title,
            note=target,
        )
    if clock.state == Clock.State.PAUSED and clock.paused_at:
        left = int((clock.due_at - clock.paused_at).total_seconds() // 60)
        title = _("%(clock)s, paused") % {"clock": name}
        note = f"{target} · {clock.pause_reason}" if clock.pause_reason else target
        return ClockView(
            wording.left(left), share(clock.started_at, clock.due_at, clock.paused_at), "amber", paused=True, title=title, note=note
        )
    view = left_view(started=clock.started_at, due=clock.due_at, now=now, title=name)
    return ClockView(view.word, view.used_percent, view.colour, title=name, note=target)
