"""How a fault request is shown: where it came from, what became of it, how urgent the rule holds it."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anwei.core import wording
from anwei.core.shell import PillView, Text
from anwei.workorders.intake.models import FaultRequest
from anwei.workorders.intake.rules import Urgency
from anwei.workorders.orders.shown import PRIORITIES, PRIORITY_COLOURS
from anwei.workorders.orders.symptoms import symptom

DOORS: dict[str, tuple[str, Text]] = {
    "scan": ("scan", gettext_lazy("Scanned on the ward")),
    "phone": ("call", gettext_lazy("Told by phone")),
    "portal": ("hospital", gettext_lazy("From the hospital's own ledger")),
}
STATES = {
    "new": PillView(gettext_lazy("New"), "amber", "bell"),
    "accepted": PillView(gettext_lazy("Taken in"), "green", "done"),
    "joined": PillView(gettext_lazy("Joined to an order"), "green", "copy"),
    "solved": PillView(gettext_lazy("Solved by phone"), "green", "call", hollow=True),
    "declined": PillView(gettext_lazy("Not taken in"), "grey", "ban", hollow=True),
}
HARM = {
    "none": PillView(gettext_lazy("No patient affected"), "grey", "check", hollow=True),
    "near": PillView(gettext_lazy("Near miss"), "amber", "warn"),
    "harm": PillView(gettext_lazy("Patient affected"), "red", "stop"),
    "unknown": PillView(gettext_lazy("Not said"), "grey", "help", hollow=True),
}
DOWN = {
    True: PillView(gettext_lazy("Stopped"), "red", "stop"),
    False: PillView(gettext_lazy("Still in use"), "grey", "run", hollow=True),
    None: PillView(gettext_lazy("Not said"), "grey", "help", hollow=True),
}
REASONS: dict[str, Text] = {
    "harm": gettext_lazy("A patient was affected."),
    "near": gettext_lazy("A patient was on it; it was a near miss."),
    "sustains_life": gettext_lazy("It sustains life and stands, or nobody knows yet whether it does."),
    "critical_to_care": gettext_lazy("It is critical to care."),
    "risk_of_symptom": gettext_lazy("This symptom puts patients at risk."),
    "nothing_grave": gettext_lazy("It does not sustain life, nobody was affected, and the symptom is not dangerous."),
}


def symptom_name(key: str) -> str:
    """Return a symptom in ward words."""
    chip = symptom(key)
    return str(chip.label) if chip else key


def urgency_shown(found: Urgency) -> dict[str, Text]:
    """Return an urgency as the template draws it: word, reason, colour."""
    return {"word": PRIORITIES[found.key], "reason": REASONS[found.reason], "colour": PRIORITY_COLOURS[found.key]}


def age(at: datetime, now: datetime) -> str:
    """Write how long ago something was."""
    return _("%(span)s ago") % {"span": wording.span(max(0, int((now - at).total_seconds() // 60)))}


def source(request: FaultRequest) -> tuple[str, Text]:
    """Return icon and words of the door through which a request came."""
    return DOORS[request.door]
