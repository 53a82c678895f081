"""The list of what is to be settled, declared."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from anwei.core import lists, markup
from anwei.core.search import matching, terms
from anwei.finance.settlement.models import Settlement, SettlementLine
from anwei.finance.settlement.shown import OPEN, STATES
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.orders.shown import fault_cell

HAS_OPEN = Exists(SettlementLine.objects.filter(settlement=OuterRef("pk"), payer=SettlementLine.Payer.OPEN))


def _found(text: str) -> Q:
    return Q(order__in=matching(WorkOrder.objects.all(), terms(text)).values("pk"))


def with_sums(rows: "QuerySet[Settlement]") -> "QuerySet[Settlement]":
    """Give each settlement its `gross` and the number of its lines whose payer is open, `open_lines`."""
    return rows.annotate(gross=Sum("lines__gross"), open_lines=Count("lines", filter=Q(lines__payer=SettlementLine.Payer.OPEN)))


def _state(row: dict[str, Any]) -> str:
    return markup.pill(OPEN if row["open_lines"] else STATES[row["state"]])


class SettlementList(lists.ListPage):
    """Orders to settle: those that waited longest since their release first."""

    name = "settlements"
    sort = "released"
    link = lists.RowLink("settlement:settlement")
    search = lists.Search(where=_found)
    search_hint = _("Number, serial, hospital, fault")
    columns = (
        lists.Column(
            "order", _("Fault and number"), fault_cell("order__", "order__device__model__name"), (), "name"
        ),
        lists.Column(
            "state", _("State"),
            lists.drawn(("state", "open_lines"), _state, lambda row: str((OPEN if row["open_lines"] else STATES[row["state"]]).label)),
            role="state",
        ),
        lists.Column("hospital", _("Hospital and department"), lists.two_lines("order__hospital__name", "order__department__name")),
        lists.Column("branch", _("Branch"), lists.label("order__branch__name_zh", "order__branch__name_en")),
        lists.Column("gross", _("With tax, CNY"), lists.amount("gross"), (), "number"),
        lists.Column(
            "released", _("Released"), lists.moment_near("order__released_at", timezone.localdate), ("order__released_at",), "number"
        ),
    )  # fmt: skip
    views = (
        lists.SavedView("settle", _("To be settled"), Q(state="proposed"), counted=True),
        lists.SavedView("open", _("Payer open"), lambda: Q(HAS_OPEN), counted=True, hot=True),
        lists.SavedView("settled", _("Settled"), Q(state="confirmed")),
        lists.SavedView("all", _("All")),
    )
    filters = (lists.DateRange(key="released", label=_("Released"), field="order__released_at"),)
    empty_icon = "money"
    empty_heading = _("Nothing to settle")
    empty_text = _("An order comes here as soon as its device is released.")
