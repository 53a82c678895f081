"""What the phone shows of a job: its steps, which of them is next, and the one button at the bottom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anwei.core.labels import Label
from anwei.core.shell import ClockView, Tab, Text
from anwei.core.wording import when_near
from anwei.foundation.clocks.models import Clock
from anwei.foundation.clocks.queries import clocks_of
from anwei.foundation.clocks.shown import clock_view
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.orders.rules import Section
from anwei.workorders.visits.models import Reading, Visit
from anwei.workorders.visits.queries import open_tasks, readings_of, sections_of, signatures_of
from anwei.workorders.visits.rules import FAIL

# state of the order → what one tap does, under which name, with which icon
MOVES: Mapping[str, tuple[str, Text, str]] = {
    "assigned": ("accept", gettext_lazy("Accept the job"), "check"),
    "engineer_accepted": ("travel", gettext_lazy("Leave for the hospital"), "car"),
    "travelling": ("arrive", gettext_lazy("I have arrived"), "pin"),
    "on_site": ("start", gettext_lazy("Start work"), "run"),
    "waiting_part": ("resume", gettext_lazy("Go on working"), "run"),
    "waiting_customer": ("resume", gettext_lazy("Go on working"), "run"),
    "waiting_maker": ("resume", gettext_lazy("Go on working"), "run"),
}
SITE = ("on_site", "working")
PARTS, SIGN, FINISH = "parts", "sign", "finish"


@dataclass(frozen=True, slots=True)
class Next:
    """The button at the bottom: a move of one tap, a form on the page that is sent, or a page to go to."""

    label: Text
    icon: str
    url: str = ""
    move: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True)
class StepView:
    """A step of the visit: done, open now, or later; `note` says when it was done or how much is there."""

    key: str
    label: Text | Label
    place: int
    state: str
    note: str = ""
    failed: bool = False
    url: str = ""


def tabs(here: str) -> list[Tab]:
    """Return the places at the bottom of the phone."""
    places = [
        ("today", _("Today"), "calendar"), ("scan", _("Scan"), "scan"), ("van", _("My parts"), "stock"),
        ("outbox", _("Unsent"), "sending"), ("more", _("More"), "more"),
    ]  # fmt: skip
    return [Tab(label, reverse(f"field:{key}"), current=key == here, icon=icon) for key, label, icon in places]


def job_url(order: WorkOrder, step: str = "") -> str:
    """Return the address of a job, with one step open where one is named."""
    return reverse("field:job", args=[order.pk]) + (f"?step={step}" if step else "")


def route_url(order: WorkOrder) -> str:
    """Return a link by which the phone's own map opens at the hospital (RFC 5870); nothing is loaded until it is pressed."""
    hospital = order.hospital
    return f"geo:0,0?q={quote(' '.join(part for part in (hospital.address or hospital.city, hospital.name) if part))}"


def urgent_clock(order: WorkOrder) -> Clock | None:
    """Return the clock to look at: the next that is due, else one that waits."""
    clocks = clocks_of(order.pk)
    running = [clock for clock in clocks if clock.state == Clock.State.RUNNING]
    waiting = [clock for clock in clocks if clock.state == Clock.State.PAUSED]
    return next(iter([*running, *waiting]), None)


def next_of(order: WorkOrder, steps: Sequence[StepView]) -> Next | None:
    """Return the one thing to do now; None when it is somebody else's turn."""
    if order.state in MOVES:
        verb, label, icon = MOVES[order.state]
        return Next(label, icon, reverse("field:move", args=[order.pk, verb]), move=verb)
    if order.state != "working":
        return None
    now = next((step for step in steps if step.state == "now"), None)
    if now is None or now.key == FINISH:
        return Next(_("Finish the work"), "done", reverse("field:finish", args=[order.pk]))
    if now.key == SIGN:
        return Next(_("Show the summary and have it signed"), "sign", reverse("field:sign", args=[order.pk]))
    if now.key == PARTS:
        return Next(_("Fit this part"), "swap", form="part")
    return Next(_("Save: %(step)s") % {"step": now.label}, "check", form="section")


def steps_for(order: WorkOrder, visit: Visit | None, wanted: str, now: datetime) -> list[StepView]:
    """Return the steps of a visit in order; the first one with something open is now, or the one that is asked for."""
    readings, missing = readings_of(order), {task.key for task in open_tasks(order)}
    rows = [_section_step(section, readings, missing, now) for section in sections_of(order)]
    rows.insert(_place_of_parts(rows), StepView(PARTS, _("Change of parts"), 0, "done"))
    signed = next(iter(signatures_of(order)), None)
    rows.append(
        StepView(SIGN, _("Signature of the ward"), 0, "done" if signed else "later", when_near(signed.at, now.date()) if signed else "")
    )
    at_work = order.state in SITE
    finished = visit is not None and visit.state == Visit.State.DONE
    open_now = wanted or (next((r.key for r in rows if r.state == "later"), FINISH) if order.state == "working" else "")
    return [_placed(order, row, place, open_now if at_work and not finished else "") for place, row in enumerate(rows, 1)]


def _section_step(section: Section, readings: Mapping[str, Reading], missing: set[str], now: datetime) -> StepView:
    answered = [reading for task in section.tasks if (reading := readings.get(task.key))]
    needed = [task for task in section.tasks if task.required]
    left = sum(task.key in missing for task in needed)
    last = max((reading.at for reading in answered), default=None)
    note = f"{len(needed) - left}/{len(needed)}" if left else when_near(last, now.date()) if last else ""
    failed = any(reading.verdict == FAIL for reading in answered)
    return StepView(section.key, section.label, 0, "later" if left else "done", note, failed)


def _place_of_parts(rows: Sequence[StepView]) -> int:
    keys = [row.key for row in rows]
    return next((keys.index(key) for key in ("repair", "verify", "clean", "close") if key in keys), len(keys))


def _placed(order: WorkOrder, row: StepView, place: int, open_now: str) -> StepView:
    state = "now" if row.key == open_now else row.state
    may_open = order.state in SITE and state != "now" and row.key != SIGN
    return StepView(row.key, row.label, place, state, row.note, row.failed, job_url(order, row.key) if may_open else "")


def clock_of(order: WorkOrder, now: datetime) -> ClockView | None:
    """Return the clock of a job as it is drawn."""
    clock = urgent_clock(order)
    return clock_view(clock, now) if clock else None
