"""How readings and parts are told in words: on the phone, in the summary that is signed, on the order's page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anwei.core.labels import Label
from anwei.core.shell import PillView, Text
from anwei.core.wording import when
from anwei.inventory.demands.models import Demand
from anwei.inventory.demands.queries import Instead, instead_of
from anwei.inventory.demands.shown import STATES
from anwei.inventory.stock.models import Condition
from anwei.inventory.stock.queries import coming_to
from anwei.procurement.purchasing.models import PurchaseOrder
from anwei.procurement.purchasing.queries import coming_for
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.orders.rules import Task
from anwei.workorders.visits.models import PartRequest, PartUse, Reading, Visit
from anwei.workorders.visits.queries import PartsStanding, readings_of, requests_of, sections_of
from anwei.workorders.visits.rules import NO_UDI, Limits

CONDITIONS: Mapping[str, Text] = {
    Condition.DEFECTIVE: gettext_lazy("Defective"),
    Condition.USED: gettext_lazy("Used, works"),
    Condition.GOOD: gettext_lazy("As new"),
}
CHECKS: Mapping[str, Text] = {
    "pass": gettext_lazy("Passed"), "fail": gettext_lazy("Failed"), "n/a": gettext_lazy("Not applicable"),
    NO_UDI: gettext_lazy("The device carries no label"),
}  # fmt: skip
VERDICTS: Mapping[str, PillView] = {
    Reading.Verdict.PASS: PillView(gettext_lazy("Passed"), "green", "done", hollow=True),
    Reading.Verdict.FAIL: PillView(gettext_lazy("Out of limits"), "red", "warn"),
}
VISIT_STATES: Mapping[str, PillView] = {
    Visit.State.PLANNED: PillView(gettext_lazy("Planned"), "grey", "todo", hollow=True),
    Visit.State.ACCEPTED: PillView(gettext_lazy("Accepted"), "blue", "check", hollow=True),
    Visit.State.TRAVELLING: PillView(gettext_lazy("On the way"), "blue", "car", hollow=True),
    Visit.State.ON_SITE: PillView(gettext_lazy("On site"), "blue", "pin", hollow=True),
    Visit.State.WORKING: PillView(gettext_lazy("Working"), "blue", "run", hollow=True),
    Visit.State.DONE: PillView(gettext_lazy("Done"), "green", "done", hollow=True),
    Visit.State.CANCELLED: PillView(gettext_lazy("Cancelled"), "grey", "ban", hollow=True),
}


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answered task as people read it."""

    label: Label
    answer: str
    limits: str
    reading: Reading
    pill: PillView | None


@dataclass(frozen=True, slots=True)
class AnsweredSection:
    """A section of the checklist with its answers."""

    label: Label
    rows: tuple[AnswerRow, ...]

    @property
    def failed(self) -> tuple[AnswerRow, ...]:
        """The answers that are out of their limits."""
        return tuple(row for row in self.rows if row.reading.verdict == Reading.Verdict.FAIL)


def plain(value: Decimal | None) -> str:
    """Write a number without the zeros behind it."""
    return "" if value is None else format(value.normalize(), "f")


def limits_text(limits: Limits | None) -> str:
    """Write limits as they stand under a field."""
    if limits is None or (limits.low is None and limits.high is None):
        return ""
    low, high = plain(limits.low), plain(limits.high)
    if low and high:
        return f"{low}–{high}"
    return f"≤ {high}" if high else f"≥ {low}"


def answer_of(task: Task, reading: Reading) -> str:
    """Write an answer in the reader's words."""
    if reading.value is not None:
        return f"{plain(reading.value)} {reading.unit}".strip()
    return str(dict(task.options).get(reading.text) or CHECKS.get(reading.text) or reading.text)


def answers_of(order: WorkOrder) -> list[AnsweredSection]:
    """Return what was answered for an order, section by section."""
    readings = readings_of(order)
    made = [(section.label, [_row(t, readings[t.key]) for t in section.tasks if t.key in readings]) for section in sections_of(order)]
    return [AnsweredSection(label, tuple(rows)) for label, rows in made if rows]


def _row(task: Task, reading: Reading) -> AnswerRow:
    limits = limits_text(Limits(reading.low, reading.high))
    return AnswerRow(task.label, answer_of(task, reading), limits, reading, VERDICTS.get(reading.verdict))


def old_part_words(use: PartUse) -> str:
    """Say what became of the old part."""
    if not use.quantity:
        return _("Taken back")
    if not use.old_condition:
        return _("No old part")
    words = {"serial": use.old_serial, "condition": CONDITIONS[use.old_condition]}
    return _("Old part %(serial)s, %(condition)s") % words if use.old_serial else _("Old part, %(condition)s") % words


def requested_words(request: PartRequest) -> str:
    """Write what was asked for as people note it down: number and quantity."""
    return f"{request.part.number} × {plain(request.quantity)}"


@dataclass(frozen=True, slots=True)
class RequestView:
    """What was asked for and how far it is; `instead` is what lies somewhere and could be chosen while it is short."""

    request: PartRequest
    pill: PillView
    words: str
    is_open: bool
    instead: Sequence[Instead] = ()


def request_views(order: WorkOrder) -> list[RequestView]:
    """Return what was asked for an order as people read it."""
    requests = requests_of(order)
    bought = coming_for([r.demand_id for r in requests if r.demand.state == Demand.State.ORDERED])
    vans = {request.demand.place for request in requests}
    sent = {(van.pk, line.part_id) for van in vans for transfer in coming_to(van) for line in transfer.lines.all() if line.open}
    instead = instead_of([r.part for r in requests if r.demand.state == Demand.State.SHORT], branch=order.branch_id)
    return [_request_view(r, bought.get(r.demand_id), sent, instead.get(r.part_id, ())) for r in requests]


def _request_view(
    request: PartRequest, bought: PurchaseOrder | None, sent: set[tuple[UUID, UUID]], instead: Sequence[Instead]
) -> RequestView:
    demand = request.demand
    is_open = demand.state not in Demand.OVER
    words = ""
    if is_open and demand.state != Demand.State.ISSUED and (demand.place_id, request.part_id) in sent:
        words = _("in transit to %(place)s") % {"place": demand.place.name}
    elif demand.state == Demand.State.RESERVED and demand.held_at:
        words = _("kept at %(place)s") % {"place": demand.held_at.name}
    elif bought:
        words = _due_words(bought)
    return RequestView(request, STATES[demand.state], words, is_open, instead if demand.state == Demand.State.SHORT else ())


def _due_words(bought: PurchaseOrder) -> str:
    if bought.promised_on:
        return _("%(number)s, promised for %(day)s") % {"number": bought.number, "day": when(bought.promised_on)}
    if bought.expected_on:
        return _("%(number)s, expected on %(day)s") % {"number": bought.number, "day": when(bought.expected_on)}
    return bought.number


def standing_pill(standing: PartsStanding) -> PillView:
    """Say how the parts of an order stand, as the dispatcher looks at it."""
    if standing.missing:
        return PillView(_("Waiting for parts %(there)d/%(all)d") % {"there": standing.there, "all": standing.wanted}, "amber", "wait")
    return PillView(_("Parts are there"), "green", "stock")
