"""The list of demands, declared."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anwei.core import lists
from anwei.inventory.demands.models import Demand
from anwei.inventory.demands.shown import NEED, PART, QUANTITY, STATES, WHY, found

OPEN = Q(state__in=(*Demand.WAITING, Demand.State.RESERVED))


class DemandList(lists.ListPage):
    """What is wanted: the most urgent and soonest needed first."""

    name = "demands"
    sort = "need"
    search = lists.Search(where=found)
    search_hint = _("Order, part, number")
    columns = (
        lists.Column("part", _("Part, number, order"), PART, role="name"),
        lists.Column("state", _("State"), lists.state("state", STATES), role="state"),
        lists.Column("need", _("Needed by"), NEED, ("urgency", "needed_by"), "clock"),
        lists.Column("quantity", _("Quantity"), QUANTITY, role="number"),
        lists.Column("why", _("For"), WHY),
        lists.Column("place", _("Wanted in"), lists.text("place__name")),
        lists.Column("held", _("Kept at"), lists.text("held_at__name")),
        lists.Column("asked", _("Asked"), lists.moment("asked_at"), role="extra"),
    )
    views = (
        lists.SavedView("open", _("Not yet met"), OPEN, counted=True),
        lists.SavedView("short", _("Short"), Q(state="short"), counted=True, hot=True),
        lists.SavedView("ordered", _("On order"), Q(state="ordered"), counted=True),
        lists.SavedView("reserved", _("To be issued"), Q(state="reserved"), counted=True),
        lists.SavedView("all", _("All")),
    )
    empty_icon = "stock"
    empty_heading = _("Nothing is wanted")
