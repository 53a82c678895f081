"""The board as it is drawn: what waits, a day as a table of quarter hours, and who could go."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from anwei.core.labels import Label, Listing
from anwei.core.shell import ClockView, Colour
from anwei.core.wording import when
from anwei.foundation.clocks.shown import left_view
from anwei.foundation.staff.models import Absence, Engineer
from anwei.foundation.staff.queries import names
from anwei.workorders.dispatch.queries import Candidate, absences_in, day_span, work_calendar
from anwei.workorders.dispatch.rules import QUARTER, Span, load_share, pieces
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.visits.models import Visit
from anwei.workorders.visits.queries import visits_on

FIRST_HOUR, LAST_HOUR = 8, 18  # drawn at least; a visit outside widens the day
LOOK: dict[str, tuple[Colour, str]] = {
    "planned": ("grey", "todo"), "accepted": ("blue", "user"), "travelling": ("blue", "car"), "on_site": ("blue", "pin"),
    "working": ("blue", "run"), "done": ("green", "done"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Job:
    """A block of a row: an appointment, an absence, or the time that is suggested."""

    kind: str  # job, off, ghost
    title: str
    line: str = ""
    under: str = ""
    colour: str = ""
    icon: str = ""
    order: UUID | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One engineer's day."""

    engineer: Engineer
    skills: str
    load: int
    colour: str
    icon: str
    cells: Sequence[tuple[int, Job | None]]
    mood: str = ""  # "aim": suggested, "dim": may not go


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the board: its hours, its rows, and where now is, in per cent of its width."""

    day: date
    hours: Sequence[str]
    rows: Sequence[Row]
    now: int | None
    now_word: str

    @property
    def quarters(self) -> range:
        """Give one number per column."""
        return range(len(self.hours) * 4)

    @property
    def before(self) -> date:
        """Give the day before."""
        return self.day - timedelta(days=1)

    @property
    def after(self) -> date:
        """Give the day after."""
        return self.day + timedelta(days=1)


def todo_clock(order: WorkOrder, now: datetime) -> ClockView | None:
    """Return the nearest clock of an order that waits."""
    due = order.next_due_at
    return left_view(started=order.reported_at, due=due, now=now, title=when(due)[5:]) if due else None


def day_of(engineers: Sequence[Engineer], day: date, now: datetime, found: Sequence[Candidate], order: WorkOrder | None) -> Day:
    """Return a day of these engineers; of the selected order's candidates the best one's time is drawn, who may not go is dimmed."""
    whole, keys = day_span(day), [engineer.pk for engineer in engineers]
    visits, away = visits_on(*whole, keys), absences_in(keys, whole)
    best = next((c for c in found if c.may_go), None)
    ghost = best if best and best.slot and best.slot[0] < whole[1] and best.slot[1] > whole[0] else None
    spans = [(v.from_at, v.to_at) for v in visits] + ([ghost.slot] if ghost and ghost.slot else [])
    first, last = _hours(spans, whole)
    start = whole[0] + timedelta(hours=first)
    by_engineer: dict[UUID, list[Visit]] = defaultdict(list)
    for visit in visits:
        by_engineer[visit.engineer_id].append(visit)
    minutes = sum(closes - opens for opens, closes in work_calendar().windows(day))
    dim = {c.engineer.pk for c in found if not c.may_go}
    rows = []
    for engineer in engineers:
        own = by_engineer[engineer.pk]
        blocks = [((v.from_at, v.to_at), _job(v, now)) for v in own] + [((a.from_at, a.to_at), _off(a)) for a in away.get(engineer.pk, [])]
        aimed = best is not None and best.engineer.pk == engineer.pk
        if aimed and ghost and ghost.slot and order:
            blocks.append((ghost.slot, _ghost(order, ghost.slot)))
        load = load_share([(v.from_at, v.to_at) for v in own], whole, minutes)
        colour, icon = _state(own, away.get(engineer.pk, []), now)
        cells = list(pieces(blocks, start, (last - first) * 4))
        rows.append(Row(engineer, _skills(engineer), load, colour, icon, cells, "aim" if aimed else "dim" if engineer.pk in dim else ""))
    width = timedelta(hours=last - first)
    at = int((now - start) * 100 / width) if start <= now < start + width else None
    minutes_too = ":00" if last - first <= LAST_HOUR - FIRST_HOUR else ""  # a day with a night has no room for them
    return Day(day, [f"{hour:02d}{minutes_too}" for hour in range(first, last)], rows, at, when(now)[11:])


def _hours(spans: Sequence[Span], whole: Span) -> tuple[int, int]:
    """Return the first and the last hour that must be drawn."""
    first = min((_hour(start, whole) for start, _end in spans), default=FIRST_HOUR)
    last = max((_hour(end - QUARTER / 15, whole) + 1 for _start, end in spans), default=LAST_HOUR)
    return min(first, FIRST_HOUR), max(last, LAST_HOUR)


def _hour(at: datetime, whole: Span) -> int:
    return max(0, min(23, (at - whole[0]) // timedelta(hours=1)))


def _job(visit: Visit, now: datetime) -> Job:
    order = visit.order
    colour, icon = LOOK.get(visit.state, ("grey", "todo"))
    if visit.state != Visit.State.DONE and order.next_due_at and order.next_due_at < now:
        colour, icon = "red", "stop"
    elif order.category == WorkOrder.Category.WAITING:
        colour, icon = "amber", "wait"
    hospital, model = order.hospital.name, order.device.model.name
    title = f"{when(visit.from_at)[11:]}–{when(visit.to_at)[11:]} {hospital} {model} {order.number}"
    return Job("job", title, hospital, order.shown_title, colour, icon, order.pk)


def _off(absence: Absence) -> Job:
    words = " ".join(part for part in (absence.reason, f"{when(absence.from_at)[5:]} – {when(absence.to_at)[5:]}") if part)
    return Job("off", words, words)


def _ghost(order: WorkOrder, slot: Span) -> Job:
    words = _("%(time)s suggested") % {"time": when(slot[0])[11:]}
    return Job("ghost", f"{words} {order.hospital.name}", order.hospital.name, words, "", "plus", order.pk)


def _state(visits: Sequence[Visit], away: Sequence[Absence], now: datetime) -> tuple[str, str]:
    if any(a.from_at <= now < a.to_at for a in away):
        return "grey", "ban"
    busy = next((v for v in visits if v.state in ("travelling", "on_site", "working")), None)
    return LOOK[busy.state] if busy else ("grey", "todo")


def _skills(engineer: Engineer) -> str:
    best = sorted(engineer.competences.all(), key=lambda c: (-c.grade, c.skill))[:2]
    known = names()
    return str(Listing(Label(**known[c.skill]) for c in best if c.skill in known))


def today() -> date:
    """Return today in the company's time zone."""
    return timezone.localdate()
