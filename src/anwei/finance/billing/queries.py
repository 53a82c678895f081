"""Questions about invoices and what is open on them."""

from decimal import Decimal
from uuid import UUID

from django.db.models import DecimalField, Exists, F, OuterRef, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from anwei.core.actor import Actor
from anwei.core.errors import NotFound
from anwei.finance.billing.models import Invoice, InvoiceLine
from anwei.finance.settlement.models import Settlement, SettlementLine

NOTHING = Value(Decimal(0), DecimalField(max_digits=18, decimal_places=2))


def open_amount(made: Invoice) -> Decimal:
    """Return what is still to be paid."""
    paid: Decimal | None = made.payments.aggregate(paid=Sum("amount"))["paid"]
    still: Decimal = made.gross - (paid or Decimal(0))
    return still


def with_open(rows: "QuerySet[Invoice]") -> "QuerySet[Invoice]":
    """Give each invoice what was paid, `paid`, and what is open, `still`."""
    return rows.annotate(paid=Coalesce(Sum("payments__amount"), NOTHING)).annotate(still=F("gross") - F("paid"))


def invoice_of(actor: Actor, id: UUID) -> Invoice:
    """Return an invoice with what its page shows.

    :raises NotFound: there is none that this actor may see
    """
    rows = Invoice.objects.visible_to(actor).select_related("buyer", "branch", "settlement__order__device__model", "file")
    if (found := rows.filter(pk=id).first()) is None:
        raise NotFound(kind="invoice")
    return found


def to_invoice(actor: Actor) -> "QuerySet[Settlement]":
    """Return the confirmed settlements with lines that somebody has still to be billed for."""
    billed = InvoiceLine.objects.filter(settled=OuterRef("pk"))
    due = SettlementLine.objects.filter(settlement=OuterRef("pk"), payer_body__isnull=False).exclude(Exists(billed))
    return Settlement.objects.visible_to(actor).filter(Exists(due), state=Settlement.State.CONFIRMED)


def is_due(settlement: Settlement) -> bool:
    """Say whether somebody has still to be billed for a confirmed settlement."""
    billed = InvoiceLine.objects.filter(settled__settlement=settlement).values("settled")
    due = settlement.lines.exclude(payer_body=None).exclude(pk__in=billed)
    return settlement.state == Settlement.State.CONFIRMED and due.exists()
