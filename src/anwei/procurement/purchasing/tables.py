"""The lists of purchasing, declared."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from anwei.core import lists, markup
from anwei.core.shell import ClockView, PillView
from anwei.inventory.demands.shown import NEED, PART, QUANTITY, WHY, found, need_clock
from anwei.procurement.purchasing.models import PurchaseOrder
from anwei.procurement.purchasing.queries import overdue
from anwei.procurement.purchasing.shown import BILLS, STATES, promise_pill
from anwei.procurement.suppliers.queries import Offer
from anwei.procurement.suppliers.shown import obstacle_words

_url = lazy(reverse, str)


def _offer_words(offered: Sequence[Offer]) -> str:
    best = next((o for o in offered if not o.obstacles), None)
    if best:
        return str(best.supplier)
    return str(obstacle_words(offered[0].obstacles[0])) if offered else _now("no price agreed")


class ToBuyList(lists.ListPage):
    """What is short: for orders before the store, the soonest needed first, with the best offer that may be used."""

    name = "to-buy"
    sort = "need"
    link = lists.RowLink("suppliers:compare", "part")
    search = lists.Search(where=found)
    search_hint = _("Order, part, number")
    views = (
        lists.SavedView("all", _("All that is short"), counted=True),
        lists.SavedView("orders", _("For orders"), Q(urgency__lt=3), counted=True),
        lists.SavedView("stock", _("For stores"), Q(urgency=3), counted=True),
    )
    bulk = (lists.BulkAction(_("Make purchase orders"), _url("purchasing:make"), "buy", key="B"),)
    empty_icon = "buy"
    empty_heading = _("Nothing is short")
    empty_text = _("What an order or a store lacks comes here.")

    def __init__(self, offered: Mapping[UUID, Sequence[Offer]]) -> None:
        self.offered = offered
        best = lists.drawn(("part",), self._best, lambda row: _offer_words(self.offered.get(row["part"], ())))
        lead = lists.drawn(("part",), self._lead, self._lead)
        price = lists.drawn(("part",), self._price, self._price)
        self.columns = [
            lists.Column("part", _("Part, number, order"), PART, role="name"),
            lists.Column("why", _("For"), WHY, role="state"),
            lists.Column("need", _("Needed by"), NEED, ("urgency", "needed_by"), "clock"),
            lists.Column("quantity", _("Quantity"), QUANTITY, role="number"),
            lists.Column("offer", _("Best offer"), best),
            lists.Column("price", _("Net price, CNY"), price, role="number"),
            lists.Column("lead", _("Days to come"), lead, role="number"),
            lists.Column("branch", _("Branch"), lists.text("branch__code")),
            lists.Column("place", _("Wanted in"), lists.text("place__name"), role="extra"),
        ]

    def _best(self, row: dict[str, Any]) -> Any:
        offered = self.offered.get(row["part"], ())
        words = markup.shown(_offer_words(offered))
        if any(not o.obstacles for o in offered):
            return SafeString(f'<span title="{words}">{words}</span>')
        return SafeString(f'<span class="red" title="{words}">{markup.icon("stop", "s")} {words}</span>')

    def _usable(self, row: dict[str, Any]) -> Offer | None:
        return next((o for o in self.offered.get(row["part"], ()) if not o.obstacles), None)

    def _price(self, row: dict[str, Any]) -> str:
        best = self._usable(row)
        return f"{best.agreement.price:,.2f}" if best else ""

    def _lead(self, row: dict[str, Any]) -> str:
        best = self._usable(row)
        return str(best.agreement.lead_days) if best else ""


def _found(text: str) -> Q:
    return Q(number__icontains=text) | Q(supplier__organisation__name__icontains=text) | Q(lines__part__number=text)


def _clock(row: dict[str, Any]) -> ClockView | None:
    coming = row["state"] in PurchaseOrder.OPEN
    return need_clock(row["created_at"], row["needed_by"], timezone.now()) if coming else None


def _promise(row: dict[str, Any]) -> PillView | None:
    return promise_pill(row["state"], row["needed_by"], row["promised_on"], timezone.localdate())


def _draw_promise(row: dict[str, Any]) -> str:
    day = row["promised_on"].isoformat() if row["promised_on"] else ""
    return SafeString(f"{day} {markup.pill(pill)}" if (pill := _promise(row)) else day)


PROMISE = lists.drawn(("state", "needed_by", "promised_on"), _draw_promise, lambda row: row["promised_on"])


class OrderList(lists.ListPage):
    """Purchase orders: what is promised beside what is needed."""

    name = "purchase-orders"
    sort = "-made"
    link = lists.RowLink("purchasing:order")
    search = lists.Search(where=_found)
    search_hint = _("Number, supplier")
    columns = (
        lists.Column("supplier", _("Supplier and number"), lists.named("supplier__organisation__name", "number"), role="name"),
        lists.Column("state", _("State"), lists.state("state", STATES), role="state"),
        lists.Column("need", _("Needed by"), lists.clock(("state", "created_at", "needed_by"), _clock), ("needed_by",), "clock"),
        lists.Column("promised", _("Promised"), PROMISE, ("promised_on",)),
        lists.Column("expected", _("By lead time"), lists.moment("expected_on"), ("expected_on",), "number"),
        lists.Column("branch", _("Branch"), lists.text("branch__code")),
        lists.Column("net", _("Net, CNY"), lists.amount("net"), role="number"),
        lists.Column("chased", _("Last asked"), lists.moment("chased_at"), role="extra"),
        lists.Column("made", _("Made"), lists.moment("created_at"), ("created_at",), "extra"),
    )
    views = (
        lists.SavedView("open", _("Not yet ended"), Q(state__in=PurchaseOrder.OPEN), counted=True),
        lists.SavedView("unsent", _("Not sent"), Q(state__in=PurchaseOrder.UNSENT), counted=True),
        lists.SavedView("coming", _("Coming"), Q(state__in=PurchaseOrder.COMING), counted=True),
        lists.SavedView("overdue", _("Overdue"), lambda: overdue(timezone.localdate()), counted=True, hot=True),
        lists.SavedView("all", _("All")),
    )
    empty_icon = "buy"
    empty_heading = _("No purchase order here")


class ToInspectList(lists.ListPage):
    """Deliveries with boxes that wait for their inspection, the oldest first."""

    name = "to-inspect"
    sort = "at"
    link = lists.RowLink("purchasing:inspect")
    columns = (
        lists.Column("receipt", _("Supplier and receipt"), lists.named("order__supplier__organisation__name", "number"), role="name"),
        lists.Column("order", _("Purchase order"), lists.text("order__number")),
        lists.Column("note", _("Delivery note"), lists.text("delivery_note")),
        lists.Column("at", _("Came in"), lists.moment("at"), ("at",), "number"),
    )
    empty_icon = "quality"
    empty_heading = _("Nothing waits for inspection")


class BillList(lists.ListPage):
    """Suppliers' invoices, those that do not agree first."""

    name = "supplier-invoices"
    sort = "-issued"
    link = lists.RowLink("purchasing:bill")
    search = lists.Search(where=lambda text: Q(number__icontains=text) | Q(supplier__organisation__name__icontains=text))
    search_hint = _("Number, supplier")
    columns = (
        lists.Column("supplier", _("Supplier and number"), lists.named("supplier__organisation__name", "number"), role="name"),
        lists.Column("state", _("State"), lists.state("state", BILLS), role="state"),
        lists.Column("gross", _("With tax, CNY"), lists.amount("gross"), role="number"),
        lists.Column("due", _("To be paid until"), lists.moment("due_on"), role="number"),
        lists.Column("issued", _("Issued"), lists.moment("issued_on"), ("issued_on",), "number"),
    )
    views = (
        lists.SavedView("all", _("All")),
        lists.SavedView("differs", _("Does not agree"), Q(state="differs"), counted=True, hot=True),
        lists.SavedView("posted", _("Agrees, posted"), Q(state="posted")),
    )
    empty_icon = "sheet"
    empty_heading = _("No supplier's invoice here")
