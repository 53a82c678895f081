"""The lists of invoices and of what is to be invoiced, declared."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anwei.core import lists, markup
from anwei.core.search import matching, terms
from anwei.core.shell import PillView
from anwei.finance.billing.shown import paid_pill
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.orders.shown import fault_cell


def _found(text: str) -> Q:
    orders = matching(WorkOrder.objects.all(), terms(text)).values("pk")
    return Q(number__icontains=text) | Q(buyer__name__icontains=text) | Q(settlement__order__in=orders)


def _pill(row: dict[str, Any]) -> PillView:
    return paid_pill(row["gross"], row["still"])


PAID_CELL = lists.drawn(("gross", "still"), lambda row: markup.pill(_pill(row)), lambda row: str(_pill(row).label))


class InvoiceList(lists.ListPage):
    """Invoices, newest first, with what is open."""

    name = "invoices"
    sort = "-issued"
    link = lists.RowLink("billing:invoice")
    search = lists.Search(where=_found)
    search_hint = _("Number, buyer, order")
    columns = (
        lists.Column("buyer", _("Buyer and number"), lists.named("buyer__name", "number", "settlement__order__number"), (), "name"),
        lists.Column("state", _("State"), PAID_CELL, role="state"),
        lists.Column("branch", _("Branch"), lists.label("branch__name_zh", "branch__name_en")),
        lists.Column("gross", _("With tax, CNY"), lists.amount("gross"), (), "number"),
        lists.Column("still", _("Open, CNY"), lists.amount("still"), (), "number"),
        lists.Column("issued", _("Issued"), lists.moment("issued_on"), ("issued_on",), "number"),
    )  # fmt: skip
    views = (
        lists.SavedView("unpaid", _("Not fully paid"), Q(still__gt=0), counted=True),
        lists.SavedView("paid", _("Paid"), Q(still__lte=0)),
        lists.SavedView("all", _("All")),
    )
    filters = (lists.DateRange(key="issued", label=_("Issued"), field="issued_on"),)
    empty_icon = "paper"
    empty_heading = _("No invoice here")
    empty_text = _("Settled orders are invoiced from the list “To be invoiced”.")


def _settled(text: str) -> Q:
    return Q(order__in=matching(WorkOrder.objects.all(), terms(text)).values("pk"))


class ToInvoiceList(lists.ListPage):
    """Settled orders that somebody has still to be billed for, the oldest first."""

    name = "to-invoice"
    sort = "settled"
    link = lists.RowLink("settlement:settlement")
    search = lists.Search(where=_settled)
    search_hint = _("Number, serial, hospital, fault")
    columns = (
        lists.Column("order", _("Fault and number"), fault_cell("order__"), (), "name"),
        lists.Column("hospital", _("Hospital"), lists.text("order__hospital__name")),
        lists.Column("branch", _("Branch"), lists.label("order__branch__name_zh", "order__branch__name_en")),
        lists.Column("settled", _("Settled on"), lists.moment("confirmed_at"), ("confirmed_at",), "number"),
    )
    empty_icon = "paper"
    empty_heading = _("Everything is invoiced")
    empty_text = _("An order comes here when its settlement is confirmed.")
