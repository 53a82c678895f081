"""Who can go, with plain reasons; what waits to be dispatched; what a day holds."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anwei.core.actor import Actor
from anwei.core.labels import Label, Listing, Said
from anwei.core.wording import span, when
from anwei.core.working_time import WorkCalendar
from anwei.foundation.clocks.queries import calendar_of, clocks_of
from anwei.foundation.definitions.queries import published
from anwei.foundation.organisations.queries import distance_between
from anwei.foundation.staff.models import Absence, Engineer
from anwei.foundation.staff.queries import lacks_of, names, need_of
from anwei.foundation.staff.rules import Lack
from anwei.inventory.parts.models import Part
from anwei.inventory.stock.queries import pieces_in_vans
from anwei.workorders.dispatch.likely import Likely, likely
from anwei.workorders.dispatch.rules import Span, Standing, free_slot, load_share, minutes_late, travel_minutes
from anwei.workorders.orders.models import OrderRows, WorkOrder
from anwei.workorders.visits.models import PartRequest, Visit
from anwei.workorders.visits.queries import visits_on

WAITING = "accepted"  # the state of an order that waits to be dispatched
AHEAD = 14  # days in which a free time is looked for
FAR = 400.0  # km, taken where the way is not known
LACKS: dict[str, Promise] = {
    "skill": _("No skill: %(name)s"), "grade": _("May not go alone: %(name)s"), "certificate": _("No certificate: %(name)s"),
    "expired": _("Certificate expired: %(name)s"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for somebody, or against."""

    text: object
    mood: str = "good"  # good, warn, bad


@dataclass(frozen=True, slots=True)
class Candidate:
    """An engineer who could go: the next free time, how they stand, why."""

    engineer: Engineer
    slot: Span | None
    standing: Standing
    reasons: Sequence[Reason]

    @property
    def violations(self) -> list[Reason]:
        """Give what forbids sending them."""
        return [reason for reason in self.reasons if reason.mood == "bad"]

    @property
    def told(self) -> Sequence[Reason]:
        """Give what is worth reading: all of it, but of who may not go only why."""
        return self.reasons if self.may_go else self.violations

    @property
    def may_go(self) -> bool:
        """Tell whether nothing forbids sending them."""
        return not self.standing.forbidden


@dataclass(frozen=True, slots=True)
class _Job:
    order: WorkOrder
    at: datetime
    due: datetime | None
    likely: Likely
    calendar: WorkCalendar


def to_dispatch(actor: Actor) -> OrderRows:
    """Return the orders that wait to be dispatched, the next to breach first, among those the gravest."""
    rows = WorkOrder.objects.visible_to(actor).filter(state=WAITING)
    return rows.order_by(F("next_due_at").asc(nulls_last=True), "urgency", "id")


def waiting_for_parts(actor: Actor) -> OrderRows:
    """Return the orders that wait and have asked for parts, the next to breach first."""
    asked = PartRequest.objects.open().values("order")
    rows = WorkOrder.objects.visible_to(actor).filter(category=WorkOrder.Category.WAITING, pk__in=asked)
    return rows.order_by(F("next_due_at").asc(nulls_last=True), "urgency", "id")


def engineers_for(actor: Actor, branches: Sequence[UUID] = ()) -> list[Engineer]:
    """Return the engineers whose day this actor sees, by branch and name, with skills and certificates."""
    rows = Engineer.objects.visible_to(actor).active()
    if branches:
        rows = rows.filter(branch__in=branches)
    return list(rows.select_related("branch").prefetch_related("competences", "certificates").order_by("branch__code", "name"))


def work_calendar() -> WorkCalendar:
    """Return the company's working time as it is published."""
    return calendar_of(published("calendar", "work").pk)


def day_span(day: date) -> Span:
    """Return the bounds of a day in the company's time zone."""
    start = timezone.make_aware(datetime.combine(day, time()))
    return start, timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


def absences_in(engineers: Sequence[UUID], during: Span) -> dict[UUID, list[Absence]]:
    """Return who is away within a time: engineer → absences."""
    found: dict[UUID, list[Absence]] = defaultdict(list)
    for absence in Absence.objects.filter(engineer__in=engineers).overlapping(*during).order_by("from_at"):
        found[absence.engineer_id].append(absence)
    return found


def candidates(actor: Actor, order: WorkOrder, at: datetime) -> list[Candidate]:
    """Return the engineers of an order's branch, the best first, each with plain reasons and what forbids sending them."""
    engineers = engineers_for(actor, [order.branch_id])
    keys = [engineer.pk for engineer in engineers]
    job = _Job(order, at, _due(order), likely(order.symptom), work_calendar())
    ahead = (at - timedelta(days=1), at + timedelta(days=AHEAD + 1))
    busy: dict[UUID, list[Span]] = defaultdict(list)
    for visit in visits_on(*ahead, keys):
        if visit.order_id != order.pk and visit.state != Visit.State.DONE:
            busy[visit.engineer_id].append((visit.from_at, visit.to_at))
    away = absences_in(keys, ahead)
    in_van = pieces_in_vans(_fitting(job), keys)
    found = [_candidate(job, e, busy[e.pk], away.get(e.pk, []), in_van.get(e.pk, [])) for e in engineers]
    return sorted(found, key=lambda one: (one.standing.rank, one.slot or (at, at), one.engineer.name))


def _due(order: WorkOrder) -> datetime | None:
    """Return when somebody must be there: the clock of the arrival while it runs, else the next one due."""
    return next((c.due_at for c in clocks_of(order.pk) if c.kind == "onsite" and c.state == c.State.RUNNING), order.next_due_at)


def _fitting(job: _Job) -> list[UUID]:
    category = job.order.device.model.category
    fits = Q(categories__contains=[category]) | Q(categories__contains=["*"]) | Q(categories=[])
    return list(Part.objects.filter(fits, group__in=job.likely.groups).values_list("pk", flat=True)) if job.likely.groups else []


def _candidate(job: _Job, engineer: Engineer, busy: list[Span], away: list[Absence], parts: list[Part]) -> Candidate:
    km = distance_between(engineer.home_adcode, job.order.hospital.adcode)
    taken = [*busy, *((a.from_at, a.to_at) for a in away)]
    length = timedelta(minutes=-(-job.likely.minutes // 15) * 15)
    slot = free_slot(_open(job, travel_minutes(FAR if km is None else km)), taken, length)
    lacking = lacks_of(engineer, job.order.device.model.category, timezone.localdate(job.at))
    late = minutes_late(slot[0], job.due) if slot else 0
    today = timezone.localdate(job.at)
    windows = job.calendar.windows(today)
    load = load_share(busy, day_span(today), sum(closes - opens for opens, closes in windows))
    standing = Standing(bool(lacking) or slot is None, late, bool(parts), FAR if km is None else km, load)
    reasons = [
        *_competence(engineer, job.order.device.model.category, lacking), *_time(slot, late, job.due), *_absence(away, job.at),
        _way(km), Reason(Said(_("%(load)s %% of today is planned"), {"load": load}), "warn" if load > 100 else "good"), *_parts(job, parts),
    ]  # fmt: skip
    return Candidate(engineer, slot, standing, reasons)


def _open(job: _Job, way: int) -> Iterator[Span]:
    """Yield the times in which the job may be done, day by day: the working day, for an emergency at any hour."""
    earliest = job.at + timedelta(minutes=way)
    if job.order.priority == "emergency":
        yield earliest, earliest + timedelta(days=AHEAD)
        return
    for number in range(AHEAD):
        day = timezone.localdate(job.at) + timedelta(days=number)
        if windows := job.calendar.windows(day):
            midnight = day_span(day)[0]
            opens, closes = midnight + timedelta(minutes=windows[0][0]), midnight + timedelta(minutes=windows[-1][1])
            if closes > earliest:
                yield max(opens, earliest), closes


def _named(key: str) -> Label:
    return Label(**names().get(key, {"zh": key, "en": key}))


def _competence(engineer: Engineer, category: str, lacking: Sequence[Lack]) -> list[Reason]:
    if lacking:
        return [Reason(Said(LACKS[lack.what], {"name": _named(lack.key)}), "bad") for lack in lacking]
    need = need_of(category, "dispatch")
    if not need.skills:
        return [Reason(_("No special skill is asked for"))]
    grades = {c.skill: c.grade for c in engineer.competences.all()}
    skills = Listing(Said(_("%(skill)s grade %(grade)s"), {"skill": _named(s), "grade": grades[s]}) for s in need.skills)
    return [Reason(skills)]


def _time(slot: Span | None, late: int, due: datetime | None) -> list[Reason]:
    if slot is None:
        return [Reason(Said(_("No free time within %(days)s days"), {"days": AHEAD}), "bad")]
    if late:
        return [Reason(Said(_("Misses %(due)s by %(span)s"), {"due": when(due), "span": span(late)}), "warn")]
    return [Reason(Said(_("There in time for %(due)s"), {"due": when(due)}))] if due else []


def _absence(away: Sequence[Absence], at: datetime) -> list[Reason]:
    return [Reason(Said(_("Absent until %(until)s"), {"until": when(a.to_at)}), "warn") for a in away if a.from_at <= at < a.to_at]


def _way(km: float | None) -> Reason:
    if km is None:
        return Reason(_("The way is not known"), "warn")
    return Reason(Said(_("%(km)s km, about %(minutes)s min on the road"), {"km": round(km), "minutes": travel_minutes(km)}))


def _parts(job: _Job, parts: Sequence[Part]) -> list[Reason]:
    if parts:
        return [Reason(Said(_("In the van: %(parts)s"), {"parts": Listing(Label(p.name_zh, p.name_en) for p in parts[:3])}))]
    return [Reason(_("No fitting part in the van"), "warn")] if job.likely.groups else []
