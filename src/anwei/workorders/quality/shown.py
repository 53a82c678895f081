"""How the gate is shown: the tests, the decision, what stands in its way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anwei.core.actor import Actor
from anwei.core.shell import Action, Colour, Fact, PillView, StripCell, Text
from anwei.core.wording import span, when
from anwei.equipment.devices.queries import categories
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.orders.queries import next_steps
from anwei.workorders.orders.shown import HARM
from anwei.workorders.quality.permissions import CLOSE_ORDER, DELIVER_REPORT, RELEASE
from anwei.workorders.quality.queries import Test, TestTask
from anwei.workorders.visits.models import Reading
from anwei.workorders.visits.rules import Limits
from anwei.workorders.visits.shown import answer_of, limits_text

PASSED = PillView(gettext_lazy("Passed"), "green", "done", hollow=True)
FAILED = PillView(gettext_lazy("Failed"), "red", "warn")
MISSING = PillView(gettext_lazy("Missing"), "amber", "todo")
RECORDED = PillView(gettext_lazy("Recorded"), "grey", "check", hollow=True)
VERDICTS = {Reading.Verdict.PASS: PASSED, Reading.Verdict.FAIL: FAILED}


@dataclass(frozen=True, slots=True)
class TaskView:
    """A line of a test: what was asked, what was read, within which limits, with what."""

    label: Text
    answer: str
    limits: str
    instrument: str
    reason: str
    pill: PillView | None


@dataclass(frozen=True, slots=True)
class TestView:
    """A test as it stands."""

    label: Text
    pill: PillView
    tasks: tuple[TaskView, ...]


@dataclass(frozen=True, slots=True)
class Gate:
    """Whether this person can release the device now, and what stands in the way."""

    may: bool
    unmet: tuple[str, ...] = ()


def test_views(tests: Sequence[Test]) -> list[TestView]:
    """Return the tests with their readings in words, those that do not pass first."""
    views = [TestView(test.label, _pill(test), tuple(_task(task) for task in test.tasks)) for test in tests]  # type: ignore[arg-type]
    return sorted(views, key=lambda view: view.pill is PASSED)


def _pill(test: Test) -> PillView:
    if test.failed:
        return FAILED
    return MISSING if test.missing else PASSED


def _task(asked: TestTask) -> TaskView:
    reading, task = asked.reading, asked.task
    if reading is None:
        return TaskView(task.label, "", "", "", "", MISSING if asked.is_missing else None)  # type: ignore[arg-type]
    return TaskView(
        label=task.label,  # type: ignore[arg-type]
        answer=answer_of(task, reading),
        limits=limits_text(Limits(reading.low, reading.high)),
        instrument=reading.instrument.number if reading.instrument else "",
        reason=reading.reason,
        pill=VERDICTS.get(Reading.Verdict(reading.verdict), RECORDED),
    )


def gate_of(actor: Actor, order: WorkOrder, at: datetime) -> Gate:
    """Return whether an actor can release the device, with the conditions of the flow that are not met."""
    step = next((s for s in next_steps(actor, order, at) if s.transition.verb == "release"), None)
    if step is None or not actor.may(RELEASE):
        return Gate(may=False)
    return Gate(may=step.is_open, unmet=tuple(str(condition.label) for condition in step.unmet))


def strip_of(order: WorkOrder, tests: Sequence[Test], now: datetime) -> list[StripCell]:
    """Return the four answers: which device, who repaired it, did it pass, since when does it wait."""
    good = sum(test.passed for test in tests)
    colour: Colour = "green" if good == len(tests) else "red"
    waited = span(int((now - order.done_at).total_seconds() // 60)) if order.done_at and order.state == "repaired" else ""
    device = order.device
    return [
        StripCell(_("Device"), device.model.name, " ".join((device.serial, device.number))),
        StripCell(_("Repaired by"), order.engineer.name if order.engineer else "—", order.work_done),
        StripCell(
            _("Tests"), _("%(good)d of %(all)d passed") % {"good": good, "all": len(tests)}, "",
            icon="done" if colour == "green" else "warn", colour=colour,
        ),
        StripCell(
            _("Waits since"), when(order.done_at) if waited else "—", waited or _("nobody waits for a release"),
            mood="turn" if waited else "",
        ),
    ]  # fmt: skip


def facts_of(order: WorkOrder) -> list[Fact]:
    """Return what a quality officer looks at beside the tests."""
    device, category = order.device, categories().get(order.device.model.category)
    return [
        Fact(_("Work order"), order.number, url=reverse("orders:order", args=[order.pk]), mono=True),
        Fact(_("Device"), device.model.name, url=reverse("devices:device", args=[device.pk]), note=str(category.label) if category else ""),
        Fact(_("Hospital and department"), order.hospital.name, note=" ".join(filter(None, (str(order.department or ""), device.room)))),
        Fact(_("Described as"), order.description or order.shown_title),
        Fact(_("Fault code"), order.fault, mono=True),
        Fact(_("Work done"), order.work_done),
        Fact(_("Harm"), HARM.get(order.harm, "")),
    ]


def actions_for(actor: Actor, order: WorkOrder, gate: Gate) -> list[Action]:
    """Return what this person may do at the gate now; the one that is due is primary."""

    def action(label: Text, name: str, icon: str, **more: bool) -> Action:
        return Action(label, reverse(f"quality:{name}", args=[order.pk]), icon, **more)  # type: ignore[arg-type]

    if order.state == "repaired" and actor.may(RELEASE):
        refuse = action(_("Refuse…"), "refuse", "swap")
        return [refuse, action(_("Release to clinical use"), "release", "quality", post=True, primary=True)] if gate.may else [refuse]
    made: list[Action] = []
    delivered = order.reports.exists()
    if order.state in ("released", "settled") and actor.may(DELIVER_REPORT):
        label = _("Deliver a new report") if delivered else _("Deliver the service report")
        made.append(action(label, "deliver", "paper", post=True, primary=not delivered))
    if order.state == "settled" and delivered and actor.may(CLOSE_ORDER):
        made.append(action(_("Close the order"), "close", "lock", post=True, primary=True))
    return made
