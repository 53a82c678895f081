"""How demands are told."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from anwei.core.shell import ClockView, PillView, Text
from anwei.core.wording import left, when

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
