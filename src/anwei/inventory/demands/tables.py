"""The list of demands, declared."""

from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from anwei.core import lists, markup
from anwei.core.labels import Label
from anwei.core.search import holding
from anwei.core.shell import ClockView
from anwei.inventory.demands.models import Demand
from anwei.inventory.demands.shown import STATES, URGENCIES, need_clock
from anwei.inventory.parts.models import Part


def draw_part(row: dict[str, Any]) -> str:
    """Draw a part with its number and the order it is for."""
    name = markup.shown(Label(row["part__name_zh"], row["part__name_en"]))
    below = markup.shown(row["part__number"])
    label = f' · <b class="mono">{markup.shown(row["label"])}</b>' if row["label"] else ""
    return f'<span class="name cut" title="{name}">{name}</span><span class="under cut"><span class="mono">{below}</span>{label}</span>'


def part_value(row: dict[str, Any]) -> str:
    """Return a part with its number and the order it is for, as exported."""
    return f"{row['part__number']} {Label(row['part__name_zh'], row['part__name_en'])} {row['label']}".strip()


def _clock(row: dict[str, Any]) -> ClockView | None:
    return need_clock(row["asked_at"], row["needed_by"], timezone.now())


def found(text: str) -> Q:
    """Find demands by their order or their part."""
    return Q(label__icontains=text) | Q(part__in=Part.objects.filter(holding(text)))


PART = lists.Cell(("part__name_zh", "part__name_en", "part__number", "label"), draw_part, part_value)
QUANTITY = lists.drawn(("quantity",), lambda row: f"{row['quantity'].normalize():,f}", lambda row: row["quantity"])
NEED = lists.clock(("asked_at", "needed_by"), _clock)
WHY = lists.drawn(("urgency",), lambda row: str(URGENCIES.get(row["urgency"], "")))
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
