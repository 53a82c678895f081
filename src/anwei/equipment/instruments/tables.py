"""The list of test instruments, declared."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from anwei.core import lists, markup
from anwei.core.labels import speaks_chinese
from anwei.core.lists.cells import URL
from anwei.core.shell import PillView
from anwei.equipment.instruments.queries import kinds

SOON = timedelta(days=30)
HOLDS = PillView(_("Calibration holds"), "green", "done", hollow=True)
ENDS_SOON = PillView(_("Ends within 30 days"), "amber", "clock")
LAPSED = PillView(_("Not to be used: calibration lapsed"), "red", "ban")
NEVER = PillView(_("Not to be used: never calibrated"), "red", "ban")
RETIRED = PillView(_("Out of service"), "grey", "lock", hollow=True)


def state_of(due: date | None, retired_on: date | None, today: date) -> PillView:
    """Return whether readings of an instrument count today."""
    if retired_on:
        return RETIRED
    if due is None:
        return NEVER
    if due < today:
        return LAPSED
    return ENDS_SOON if due <= today + SOON else HOLDS


def _pill(row: dict[str, Any]) -> PillView:
    return state_of(row["calibration_due"], row["retired_on"], timezone.localdate())


def _name(row: dict[str, Any]) -> str:
    return str(row["name_zh"] if speaks_chinese() else row["name_en"])


def _draw(row: dict[str, Any]) -> str:
    name = markup.shown(_name(row))
    below = " · ".join(f'<span class="mono">{markup.shown(row[part])}</span>' for part in ("number", "serial") if row[part])
    return f'<a class="name cut" href="{markup.shown(row[URL])}" title="{name}">{name}</a><span class="under cut">{below}</span>'


NAME = lists.Cell(("name_zh", "name_en", "number", "serial"), _draw, lambda row: f"{row['number']} {_name(row)}")
STATE = lists.Cell(("calibration_due", "retired_on"), lambda row: markup.pill(_pill(row)), lambda row: str(_pill(row).label))
SERVING = Q(retired_on=None)


class InstrumentList(lists.ListPage):
    """Test instruments: first those whose calibration ends next."""

    name = "instruments"
    sort = "due"
    link = lists.RowLink("instruments:instrument")
    search = lists.Search(where=lists.contains("number", "serial", "name_zh", "name_en"))
    columns = (
        lists.Column("number", _("Instrument"), NAME, ("number",), "name"),
        lists.Column("state", _("State"), STATE, role="state"),
        lists.Column("due", _("Calibration due"), lists.moment("calibration_due"), ("calibration_due",), "number"),
        lists.Column("done", _("Calibrated on"), lists.moment("calibrated_on"), role="number"),
        lists.Column("branch", _("Branch"), lists.label("branch__name_zh", "branch__name_en"), role="extra"),
    )
    views = (
        lists.SavedView("serving", _("In service"), SERVING),
        lists.SavedView(
            "lapsed",
            _("Not to be used"),
            lambda: SERVING & (Q(calibration_due=None) | Q(calibration_due__lt=timezone.localdate())),
            counted=True,
            hot=True,
        ),
        lists.SavedView("all", _("All")),
    )
    empty_icon = "seal"
    empty_heading = _("No test instrument here")
    empty_text = _("Readings count only when they were taken with an instrument whose calibration holds.")

    def __init__(self) -> None:
        super().__init__()
        self.filters = (
            lists.DateRange(key="due", label=_("Calibration due"), field="calibration_due", days=True),
            lists.Choice(key="kind", label=_("Kind"), field="kind", choices=[(key, str(label)) for key, label in kinds().items()]),
        )
