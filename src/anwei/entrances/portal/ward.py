"""A repair in the words of a ward: one sentence, who comes, what happened when, what comes next.

No names but an engineer's surname, no numbers to call but ours.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext_lazy

from anwei.core.labels import speaks_chinese
from anwei.core.shell import PillView, Text
from anwei.core.wording import when_near
from anwei.workorders.intake.models import FaultRequest
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.visits.models import Visit

DOUBLE_SURNAMES = ("欧阳", "司马", "上官", "诸葛", "司徒", "夏侯", "皇甫", "东方", "慕容", "令狐", "尉迟", "长孙", "宇文", "端木")
STEPS = {
    "accept": gettext_noop("Taken in"),
    "help_remotely": gettext_noop("Being looked at from afar"),
    "assign": gettext_noop("%(engineer)s was asked to come"),
    "take": gettext_noop("%(engineer)s is coming"),
    "travel": gettext_noop("%(engineer)s has set out"),
    "arrive": gettext_noop("%(engineer)s is on your ward"),
    "start": gettext_noop("The repair has begun"),
    "wait_for_part": gettext_noop("Waiting for a part"),
    "wait_for_customer": gettext_noop("Waiting for the hospital"),
    "wait_for_maker": gettext_noop("Waiting for the maker"),
    "take_up": gettext_noop("The part is there, %(engineer)s is coming again"),
    "resume": gettext_noop("The repair goes on"),
    "finish": gettext_noop("It is repaired"),
    "fix_remotely": gettext_noop("Solved from afar"),
    "refuse_release": gettext_noop("Not good enough yet, it is worked on again"),
    "release": gettext_noop("Tested and safe to use"),
    "cancel": gettext_noop("This report was cancelled"),
}
SAID = {
    "received": gettext_noop("We have your report and look at it now"),
    "accepted": gettext_noop("Taken in; we are finding you an engineer"),
    "remote_help": gettext_noop("An engineer looks at it from afar and will call"),
    "assigned": gettext_noop("%(engineer)s will come"),
    "engineer_accepted": gettext_noop("%(engineer)s will come"),
    "travelling": gettext_noop("%(engineer)s is on the way"),
    "on_site": gettext_noop("%(engineer)s is on your ward"),
    "working": gettext_noop("%(engineer)s is repairing it"),
    "waiting_part": gettext_noop("A part is missing; we are getting it"),
    "waiting_customer": gettext_noop("We are waiting for your hospital"),
    "waiting_maker": gettext_noop("We are waiting for the maker"),
    "repaired": gettext_noop("Repaired. Please do not use it until it is tested"),
    "released": gettext_noop("Repaired and tested. You can use it"),
    "settled": gettext_noop("Repaired and tested. You can use it"),
    "closed": gettext_noop("Repaired and tested. You can use it"),
    "cancelled": gettext_noop("This report was cancelled"),
}
# what is still to come, and the states in which it is behind
LATER = (
    (gettext_noop("An engineer is found"), ("assigned", "engineer_accepted", "travelling")),
    (gettext_noop("The engineer arrives"), ("on_site", "working", "waiting_part", "waiting_customer", "waiting_maker")),
    (gettext_noop("It is repaired"), ("repaired",)),
    (gettext_noop("Tested and safe to use"), ("released", "settled", "closed")),
)
PILLS: dict[str, PillView] = {
    "open": PillView(pgettext_lazy("ward", "Received"), "blue", "done"),
    "working": PillView(pgettext_lazy("ward", "Under way"), "blue", "run"),
    "waiting": PillView(pgettext_lazy("ward", "Waiting"), "amber", "wait"),
    "done": PillView(pgettext_lazy("ward", "Finished"), "green", "done"),
    "cancelled": PillView(pgettext_lazy("ward", "Cancelled"), "grey", "ban"),
}


@dataclass(frozen=True, slots=True)
class Stage:
    """Something that happened, is happening or will happen."""

    label: Text
    time: str = ""
    now: bool = False
    later: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """What a ward is told about a report."""

    pill: PillView
    sentence: str
    stages: Sequence[Stage]
    engineer: str = ""
    engineer_note: str = ""
    answer: str = ""  # our answer, where no order came of it


def engineer_name(name: str) -> str:
    """Return how a ward calls an engineer: the surname and 工 for a Chinese name (in English its pinyin), else the first name."""
    if not name:
        return _("An engineer")
    if not "\u3400" <= name[0] <= "\u9fff":
        return name.split()[0]
    surname = name[:2] if name.startswith(DOUBLE_SURNAMES) else name[0]
    if speaks_chinese():
        return f"{surname}工"
    from pypinyin import lazy_pinyin  # its dictionaries take a third of a second: only where something is spelt

    return _("Engineer %(surname)s") % {"surname": "".join(lazy_pinyin(surname)).capitalize()}


def progress(request: FaultRequest, now: datetime) -> Progress:
    """Return what the ward is told of its report."""
    order, received = request.order, Stage(_("We have your report"), _time(request.at, now))
    if order:
        return _of_order(order, received, now)
    if request.state == FaultRequest.State.NEW:
        return Progress(PILLS["open"], _(SAID["received"]), [received, *_coming("received")])
    solved = request.state == FaultRequest.State.SOLVED
    said = _("Solved by phone") if solved else _("No repair was started")
    return Progress(PILLS["done" if solved else "cancelled"], said, [received, Stage(said, now=True)], answer=request.answer)


def _time(at: datetime, now: datetime) -> str:
    return when_near(at, localdate(now))


def _of_order(order: WorkOrder, received: Stage, now: datetime) -> Progress:
    who = {"engineer": engineer_name(order.engineer.name if order.engineer else "")}
    steps = [s for s in order.steps.order_by("at", "id") if s.verb in STEPS]
    happened = [Stage(_(STEPS[s.verb]) % who, _time(s.at, now), now=s is steps[-1]) for s in steps]
    said = _(SAID[order.state]) % who if order.state in SAID else str(PILLS[order.category].label)
    visible = order.engineer is not None and order.category in ("open", "working", "waiting")
    return Progress(
        PILLS[order.category],
        said,
        [received, *happened, *_coming(order.state)],
        engineer=who["engineer"] if visible else "",
        engineer_note=_appointment(order, now) if visible else "",
    )


def _coming(state: str) -> list[Stage]:
    """Return what is still to come after a state; nothing after the end."""
    place = next((n for n, (_label, states) in enumerate(LATER) if state in states), -1)
    return [] if state == "cancelled" else [Stage(_(label), later=True) for label, _states in LATER[place + 1 :]]


def _appointment(order: WorkOrder, now: datetime) -> str:
    """Say when the engineer comes or came."""
    visit = order.visits.exclude(state=Visit.State.CANCELLED).order_by("-from_at").first()
    if visit is None:
        return ""
    if visit.arrived_at:
        return _("arrived %(time)s") % {"time": _time(visit.arrived_at, now)}
    return _("expected %(start)s to %(end)s") % {"start": _time(visit.from_at, now), "end": _time(visit.to_at, now)}
