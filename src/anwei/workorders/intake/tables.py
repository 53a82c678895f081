"""The queue of fault requests, declared."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from anwei.core import lists, markup
from anwei.core.lists.cells import URL
from anwei.core.search import holding
from anwei.equipment.devices.models import Device
from anwei.workorders.intake.models import FaultRequest
from anwei.workorders.intake.shown import DOORS, DOWN, HARM, STATES, age, symptom_name

Row = dict[str, Any]


def _found(text: str) -> Q:
    return Q(device__in=Device.objects.filter(holding(text)).values("pk"))


def _draw_fault(row: Row) -> str:
    icon, door = DOORS[row["door"]]
    name, url = markup.shown(symptom_name(row["symptom"])), markup.shown(row[URL])
    source = f'<span title="{markup.shown(door)}">{markup.icon(icon, "s")}<span class="sr">{markup.shown(door)}</span></span>'
    device = f'{markup.shown(row["device__model__name"])} · <span class="mono">{markup.shown(row["device__serial"])}</span>'
    return f'<a class="name cut" href="{url}" title="{name}">{name}</a><span class="under cut">{source} {device}</span>'


def _harm(row: Row) -> str:
    return markup.pill(HARM[row["harm"]])


def _draw_age(now: Callable[[], datetime]) -> Callable[[Row], str]:
    def draw(row: Row) -> str:
        urged = f'<span class="under amber">{markup.icon("bell", "s")} {markup.shown(_("reminded"))}</span>' if row["urged_at"] else ""
        return f"{markup.shown(age(row['at'], now()))}{urged}"

    return draw


FAULT = lists.Cell(
    ("symptom", "door", "device__model__name", "device__serial"),
    _draw_fault,
    lambda row: f"{symptom_name(row['symptom'])} {row['device__model__name']} {row['device__serial']}",
)
AGE = lists.Cell(("at", "urged_at"), _draw_age(timezone.now), lambda row: row["at"])


class RequestList(lists.ListPage):
    """Fault requests, the newest first."""

    name = "fault-requests"
    sort = "-age"
    link = lists.RowLink("intake:request")
    search = lists.Search(where=_found)
    search_hint = _("Serial, number, model, hospital")
    columns = (
        lists.Column("fault", _("Fault and device"), FAULT, (), "name"),
        lists.Column("state", _("State"), lists.state("state", STATES), role="state"),
        lists.Column("harm", _("Patients"), lists.Cell(("harm",), _harm, lambda row: str(HARM[row["harm"]].label)), role="clock"),
        lists.Column("down", _("Device"), lists.state("device_down", DOWN)),
        lists.Column("place", _("Hospital and department"), lists.two_lines("device__hospital__name", "device__department__name")),
        lists.Column("branch", _("Branch"), lists.label("branch__name_zh", "branch__name_en"), role="extra"),
        lists.Column("age", _("Reported"), AGE, ("at",), "number"),
    )
    views = (
        lists.SavedView("new", _("New"), Q(state=FaultRequest.State.NEW), counted=True, hot=True),
        lists.SavedView("urged", _("Reminded of"), Q(urged_at__isnull=False) & ~Q(order__category__in=["done", "cancelled"]), counted=True),
        lists.SavedView("all", _("All")),
    )
    filters = (
        lists.Choice(key="harm", label=_("Patients"), field="harm", choices=[(key, pill.label) for key, pill in HARM.items()]),
        lists.Choice(key="door", label=_("How it came"), field="door", choices=[(key, label) for key, (_icon, label) in DOORS.items()]),
        lists.Flag(key="down", label=_("Device stopped"), yes=Q(device_down=True)),
        lists.DateRange(key="reported", label=_("Reported"), field="at"),
    )
    empty_icon = "intake"
    empty_heading = _("No request waits")
    empty_text = _("Reports come by scan from the wards, or you enter what is told by phone.")
