"""Questions about orders, deliveries and suppliers' invoices."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import F, Q, QuerySet, Sum

from anwei.core.actor import Actor
from anwei.core.errors import NotFound
from anwei.foundation.definitions.models import Version
from anwei.foundation.definitions.queries import published
from anwei.foundation.ledger.models import Line as LedgerLine
from anwei.inventory.demands.models import Demand
from anwei.procurement.purchasing.models import Inspection, LineDemand, OrderLine, PurchaseOrder, Receipt, SupplierInvoice
from anwei.procurement.purchasing.rules import PurchaseRules

KIND, KEY = "purchase_rules", "standard"


def rules_now() -> Version:
    """Return the purchase rules that hold now."""
    return published(KIND, KEY)


def rules_of(version: Version) -> PurchaseRules:
    """Return purchase rules as they are read."""
    return PurchaseRules.read(version.body)


def order_of(actor: Actor, id: UUID) -> PurchaseOrder:
    """Return a purchase order with what its page shows.

    :raises NotFound: there is none that this actor may see
    """
    rows = PurchaseOrder.objects.visible_to(actor).select_related(
        "supplier__organisation", "branch", "place", "rules", "file", "approved_by"
    )
    if (found := rows.filter(pk=id).first()) is None:
        raise NotFound(kind="purchase order")
    return found


def receipt_of(actor: Actor, id: UUID) -> Receipt:
    """Return a receipt.

    :raises NotFound: there is none that this actor may see
    """
    rows = Receipt.objects.visible_to(actor).select_related(
        "order__supplier__organisation", "order__branch", "order__place", "order__rules"
    )
    if (found := rows.filter(pk=id).first()) is None:
        raise NotFound(kind="receipt")
    return found


def bill_of(actor: Actor, id: UUID) -> SupplierInvoice:
    """Return a supplier's invoice.

    :raises NotFound: there is none that this actor may see
    """
    rows = SupplierInvoice.objects.visible_to(actor).select_related("supplier__organisation", "branch", "file", "rules")
    if (found := rows.filter(pk=id).first()) is None:
        raise NotFound(kind="supplier invoice")
    return found


def shortages(actor: Actor) -> "QuerySet[Demand]":
    """Return what is short and stands on no order."""
    return Demand.objects.visible_to(actor).filter(state=Demand.State.SHORT)


def to_inspect(actor: Actor) -> "QuerySet[Receipt]":
    """Return the receipts with boxes that wait for their inspection."""
    return Receipt.objects.visible_to(actor).filter(lines__inspection=None).distinct()


def demands_on(lines: Collection[OrderLine]) -> dict[UUID, list[Demand]]:
    """Return the demands that order lines serve, by line."""
    found: dict[UUID, list[Demand]] = {line.pk: [] for line in lines}
    rows = LineDemand.objects.filter(line__in=found).select_related("demand__place")
    for row in rows.order_by("demand__needed_by", "pk"):
        found[row.line_id].append(row.demand)
    return found


def coming_for(demands: Collection[UUID]) -> dict[UUID, PurchaseOrder]:
    """Return the open purchase order by which each of these demands is to come."""
    rows = LineDemand.objects.filter(demand__in=demands, line__order__state__in=PurchaseOrder.OPEN).select_related("line__order")
    return {row.demand_id: row.line.order for row in rows.order_by("pk")}


def promised_for(part: UUID) -> list[OrderLine]:
    """Return the lines by which a part is still to come, the soonest promised first."""
    rows = OrderLine.objects.filter(part=part, order__state__in=PurchaseOrder.OPEN).select_related("order__supplier__organisation")
    return list(rows.order_by("order__promised_on", "order__expected_on", "pk"))


def last_inspected(part: UUID, supplier: UUID) -> Inspection | None:
    """Return the last inspection of a part from a supplier: what it says of registration and maker is most likely true again."""
    return Inspection.objects.filter(box__line__part=part, box__receipt__order__supplier=supplier).order_by("-at", "-pk").first()


def open_goods(line: OrderLine) -> tuple[Decimal, Decimal]:
    """Return quantity and value of what was received for a line, not sent back and not invoiced."""
    came: Decimal = line.receipts.aggregate(v=Sum("move__value"))["v"] or Decimal(0)
    back = Inspection.objects.filter(box__line=line).exclude(returned=None).aggregate(q=Sum("returned__quantity"), v=Sum("returned__value"))
    cleared: Decimal = line.bills.filter(invoice__state=SupplierInvoice.State.POSTED).aggregate(v=Sum("cleared"))["v"] or Decimal(0)
    return line.received - (back["q"] or 0) - line.invoiced, came - (back["v"] or 0) - cleared


def billable(actor: Actor, supplier: UUID) -> "QuerySet[OrderLine]":
    """Return the order lines of a supplier with pieces accepted and not yet invoiced."""
    rows = OrderLine.objects.visible_to(actor).filter(order__supplier=supplier, accepted__gt=F("invoiced"))
    return rows.select_related("part", "order").order_by("order__number", "part__number")


def payable(supplier_body: UUID) -> Decimal:
    """Return what we owe a supplier by the books."""
    sums = LedgerLine.objects.filter(account__party=supplier_body, account__parent__code="2202").aggregate(d=Sum("debit"), c=Sum("credit"))
    return (sums["c"] or Decimal(0)) - (sums["d"] or Decimal(0))


def overdue(today: date) -> Q:
    """Say which sent orders should have come: by the supplier's word, else by the agreed lead time."""
    past = Q(promised_on__lt=today) | Q(promised_on=None, expected_on__lt=today)
    return past & Q(state__in=PurchaseOrder.COMING)
