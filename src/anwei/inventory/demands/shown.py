"""How demands are told, and the cells in which lists show them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from anwei.core import lists, markup
from anwei.core.labels import Label
from anwei.core.search import holding
from anwei.core.shell import ClockView, PillView, Text
from anwei.core.wording import left, when
from anwei.inventory.parts.models import Part

STATES: Mapping[str, PillView] = {
    "short": PillView(_("Short"), "red", "warn"),
    "ordered": PillView(_("On order"), "blue", "truck", hollow=True),
    "reserved": PillView(_("Reserved"), "amber", "todo"),
    "issued": PillView(_("In the van"), "green", "car", hollow=True),
    "met": PillView(_("Met"), "green", "done", hollow=True),
    "cancelled": PillView(_("Cancelled"), "grey", "x", hollow=True),
}
URGENCIES: Mapping[int, Text] = {1: _("Device down"), 2: _("For an order"), 3: _("For the store")}


def need_clock(asked_at: datetime, needed_by: datetime | None, now: datetime) -> ClockView | None:
    """Return the time left until a part is needed."""
    if needed_by is None:
        return None
    minutes, whole = int((needed_by - now).total_seconds() // 60), max((needed_by - asked_at).total_seconds() / 60, 1)
    used = min(100, max(0, round(100 - minutes * 100 / whole)))
    colour = "red" if minutes < 0 else "amber" if used >= 75 else "blue"
    return ClockView(left(minutes), used, colour, note=when(needed_by))  # type: ignore[arg-type]


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
