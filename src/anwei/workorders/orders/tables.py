"""The list of work orders, declared."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from anwei.core import lists, markup
from anwei.core.search import matching, terms
from anwei.core.shell import ClockView
from anwei.foundation.accounts.queries import role_labels
from anwei.foundation.clocks.shown import left_view
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.orders.shown import PRIORITIES, all_pills, fault_cell

OPEN = ~Q(category__in=["done", "cancelled"])


def _found(text: str) -> Q:
    return Q(pk__in=matching(WorkOrder.objects.all(), terms(text)).values("pk"))


def _clock(row: dict[str, Any]) -> ClockView | None:
    if row["next_due_at"] is None:
        return None
    return left_view(started=row["reported_at"], due=row["next_due_at"], now=timezone.now())


_URGENCY = lists.drawn(("priority",), lambda row: str(PRIORITIES[row["priority"]]), lambda row: str(PRIORITIES[row["priority"]]))


class OrderList(lists.ListPage):
    """Work orders: first those whose promise ends next."""

    name = "work-orders"
    topics = WorkOrder._meta.label
    sort = "due"
    link = lists.RowLink("orders:order")
    search = lists.Search(where=_found)
    search_hint = _("Number, serial, hospital, fault")
    columns: Sequence[lists.Column] = (
        lists.Column("fault", _("Fault and number"), fault_cell("", "device__model__name"), (), "name"),
        lists.Column("state", _("State"), lists.text("state"), role="state"),
        lists.Column("due", _("Nearest clock"), lists.clock(("next_due_at", "reported_at"), _clock), ("next_due_at",), "clock"),
        lists.Column("urgency", _("Urgency"), _URGENCY, ("urgency", "reported_at")),
        lists.Column("hospital", _("Hospital and department"), lists.two_lines("hospital__name", "department__name")),
        lists.Column("turn", _("Whose turn"), lists.two_lines("turn", "engineer__name")),
        lists.Column("reported", _("Reported"), lists.moment_near("reported_at", timezone.localdate), ("reported_at",), "number"),
    )
    views = (
        lists.SavedView("open", _("Not finished"), OPEN, counted=True),
        lists.SavedView(
            "soon", _("Due within two hours"), lambda: OPEN & Q(next_due_at__lt=timezone.now() + timedelta(hours=2)), True, True
        ),
        lists.SavedView("dispatch", _("To be dispatched"), Q(state="accepted"), counted=True),
        lists.SavedView("waiting", _("Waiting for somebody"), Q(category="waiting") & ~Q(state="repaired"), counted=True),
        lists.SavedView("release", _("To be released"), Q(state="repaired"), counted=True),
        lists.SavedView("settle", _("To be settled"), Q(state="released"), counted=True),
        lists.SavedView("all", _("All")),
    )
    filters = (
        lists.Choice(key="priority", label=_("Urgency"), field="priority", choices=list(PRIORITIES.items())),
        lists.DateRange(key="reported", label=_("Reported"), field="reported_at"),
        lists.Flag(key="down", label=_("Device stopped"), yes=Q(device_down=True)),
    )
    empty_heading = _("No work order here")
    empty_text = _("They appear as soon as a ward has reported a fault and it was taken in.")

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        pills, roles = all_pills(), {key: str(label) for key, label in role_labels().items()}

        def turn(row: dict[str, Any]) -> str:
            return roles.get(row["turn"], "")

        drawn = {"state": lists.state("state", pills), "turn": _turn_cell(turn)}
        self.columns = [c if c.key not in drawn else lists.Column(c.key, c.label, drawn[c.key], c.sort, c.role) for c in self.columns]


def _turn_cell(turn: Any) -> lists.Cell:

    def draw(row: dict[str, Any]) -> str:
        under = markup.shown(row["engineer__name"])
        first = markup.shown(turn(row))
        return f'{first}<span class="under cut">{under}</span>' if under else first

    return lists.Cell(("turn", "engineer__name"), draw, turn)
