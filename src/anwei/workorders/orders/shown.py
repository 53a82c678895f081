"""How an order is shown: its state, its urgency, whose turn it is, its steps."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from anwei.core import lists
from anwei.core.actor import Actor
from anwei.core.flow import Flow, State, Transition
from anwei.core.labels import Label
from anwei.core.shell import Colour, Fact, PillView, StripCell, Text, TimelineEntry
from anwei.core.wording import when
from anwei.equipment.devices.permissions import READ_DEVICES
from anwei.equipment.devices.queries import name_of
from anwei.foundation.accounts.queries import role_labels
from anwei.foundation.definitions.models import Status, Version
from anwei.workorders.orders.models import Step, WorkOrder
from anwei.workorders.orders.queries import flow_of
from anwei.workorders.orders.symptoms import title_of

COLOURS: dict[str, Colour] = {"open": "grey", "working": "blue", "waiting": "amber", "done": "green", "cancelled": "grey"}
ICONS = {"open": "todo", "working": "run", "waiting": "wait", "done": "done", "cancelled": "ban"}
STATE_ICONS = {"travelling": "car", "on_site": "pin", "assigned": "user", "engineer_accepted": "user", "repaired": "quality"}
STEP_ICONS = {
    "open": "scan", "accept": "call", "assign": "user", "take": "check", "travel": "car", "arrive": "pin", "start": "run", "finish": "done",
    "release": "quality", "refuse_release": "swap", "settle": "money", "close": "lock", "cancel": "ban", "call_reporter": "call",
}  # fmt: skip
PRIORITIES: dict[str, Text] = {  # the gravest first
    "emergency": gettext_lazy("Emergency"), "urgent": gettext_lazy("Urgent"), "high": gettext_lazy("High"),
    "normal": pgettext_lazy("priority", "Normal"),
}  # fmt: skip
PRIORITY_COLOURS: dict[str, Colour] = {"emergency": "red", "urgent": "amber", "high": "amber", "normal": "blue"}
HARM: dict[str, Text] = {
    "none": gettext_lazy("Nobody was harmed"), "near": gettext_lazy("A near miss"), "harm": gettext_lazy("Somebody was harmed"),
    "unknown": gettext_lazy("Harm is not known yet"),
}  # fmt: skip


def state_pill(state: State) -> PillView:
    """Return the pill of a state: its word, the colour and icon of its category."""
    category = str(state.category)
    calm = category in ("open", "working", "cancelled")
    return PillView(Label(state.label.zh, state.label.en), COLOURS[category], STATE_ICONS.get(state.key, ICONS[category]), hollow=calm)  # type: ignore[arg-type]


def all_pills() -> dict[str, PillView]:
    """Return the pills of every state of every flow that orders may still be running on."""
    versions = (
        Version.objects.filter(definition__kind="flow").exclude(status=Status.DRAFT).order_by("published_at").values_list("pk", flat=True)
    )
    return {key: state_pill(state) for version in versions for key, state in flow_of(version).states.items()}


def fault_cell(before: str = "", *more: str) -> lists.Cell:
    """Return the cell that names an order by its fault, with its number below; `before` is the way from the list's rows to the order."""
    title, symptom = f"{before}title", f"{before}symptom"
    plain = lists.named(title, f"{before}number", *more)

    def told(row: dict[str, Any]) -> dict[str, Any]:
        return row | {title: str(title_of(row[symptom], row[title]))}

    return lists.Cell((*plain.fields, symptom), lambda row: plain.draw(told(row)), lambda row: plain.value(told(row)))


def turn_of(order: WorkOrder) -> str:
    """Return whose turn it is: the engineer by name where it is theirs, else the role."""
    if order.closed_at:
        return "—"
    if order.turn == "field_engineer" and order.engineer:
        return order.engineer.name
    return str(role_labels().get(order.turn, "—"))


def strip(order: WorkOrder, flow: Flow) -> list[StripCell]:
    """Return the four answers of the order's header: what, how bad, whose turn, until when."""
    bad = order.priority == "emergency" or order.harm == "harm"
    down = {True: _("the device is stopped"), False: _("the device still runs"), None: _("not known whether the device stands")}[
        order.device_down
    ]
    due = order.next_due_at
    return [
        StripCell(_("What"), order.shown_title, order.device.model.name),
        StripCell(
            _("How bad"), f"{PRIORITIES.get(order.priority, order.priority)} · {down}", str(HARM.get(order.harm, "")),
            mood="bad" if bad else "", icon="stop" if bad else "", colour="red" if bad else "",
        ),
        StripCell(_("Whose turn"), turn_of(order), str(flow.state(order.state).label), mood="" if order.closed_at else "turn"),
        StripCell(_("Until when"), when(due) if due else "—", _("the next clock that is due") if due else _("no clock runs")),
    ]  # fmt: skip


def entries(flow: Flow, steps: Iterable[Step]) -> list[TimelineEntry]:
    """Return the steps of an order as its timeline, newest first."""
    words: dict[str, Text] = {t.verb: str(t.label) for t in flow.transitions}
    return [_entry(flow, words, step) for step in steps]


def _entry(flow: Flow, words: Mapping[str, Text], step: Step) -> TimelineEntry:
    state = flow.states.get(step.to_state)
    return TimelineEntry(
        at=step.at,
        icon=STEP_ICONS.get(step.verb, "trail"),
        title=_("Reported") if step.verb == "open" else words.get(step.verb, step.verb),
        colour=COLOURS[str(state.category)] if state else "blue",
        who=step.by_name,
        note=_reason(flow, step.reason),
        received_at=step.received_at,
    )


def _reason(flow: Flow, reason: str) -> str:
    """Put the reason that was chosen in the reader's words; what was written beside it stays as it is."""
    chosen, colon, written = reason.partition(": ")
    words = next((str(slot.choices[chosen]) for slot in flow.fields.values() if chosen in slot.choices), None)
    return reason if words is None else f"{words}{colon}{written}"


def facts(order: WorkOrder) -> list[Fact]:
    """Return what is known of an order."""
    reporter = " ".join(part for part in (order.reporter_name, order.reporter_phone) if part)
    place = " ".join(part for part in (str(order.department or ""), order.device.room) if part)
    hospital = reverse("organisations:organisation", args=[order.hospital_id])
    return [
        Fact(_("Hospital and department"), order.hospital.name, hospital, place),
        Fact(_("Reporter"), reporter),
        Fact(_("Described as"), order.description),
        Fact(_("Engineer"), order.engineer.name if order.engineer else ""),
        Fact(_("Fault code"), order.fault, mono=True),
        Fact(_("Work done"), order.work_done),
        Fact(_("Judged by"), f"{Label(order.flow.definition.name_zh, order.flow.definition.name_en)} v{order.flow.number}"),
        Fact(_("Reported"), when(order.reported_at)),
    ]


@dataclass(frozen=True, slots=True)
class DeviceOnOrder:
    """The device of an order: its name, whether it may be used, its facts, and the page of its life where one may open it."""

    name: str
    url: str
    is_blocked: bool
    facts: Sequence[Fact]


def device_card(actor: Actor, order: WorkOrder) -> DeviceOnOrder:
    """Return the device that an order repairs."""
    device = order.device
    udi = _("it carries none, as was checked") if device.has_no_udi else device.model.udi_di
    return DeviceOnOrder(
        name=name_of(device),
        url=reverse("devices:device", args=[device.pk]) if actor.may(READ_DEVICES) else "",
        is_blocked=device.is_blocked,
        facts=[
            Fact(_("Serial number"), device.serial, mono=True),
            Fact(_("UDI-DI"), udi, mono=not device.has_no_udi),
            Fact(_("Installed on"), when(device.installed_on)),
            Fact(_("Maker's warranty until"), when(device.warranty_until)),
        ],
    )


def about(order: WorkOrder, step: Transition) -> list[Fact]:
    """Return what who takes a step should see beside the form: the order, its device, and where the step leads."""
    flow = flow_of(order.flow_id)
    return [
        Fact(_("Work order"), order.number, reverse("orders:order", args=[order.pk]), mono=True),
        Fact(_("Device"), order.device.model.name, note=order.device.serial),
        Fact(_("Hospital and department"), order.hospital.name, note=str(order.department or "")),
        Fact(_("State now"), str(flow.state(order.state).label)),
        Fact(_("State afterwards"), str(flow.state(step.to).label) if step.to and step.to != order.state else ""),
    ]
