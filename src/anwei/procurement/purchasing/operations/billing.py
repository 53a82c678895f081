"""Suppliers' invoices: matched with order and receipt, posted when they agree, else decided by a second person or sent back."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from anwei.core.actor import Actor
from anwei.core.operation import operation, record
from anwei.core.wording import money
from anwei.foundation.files.models import StoredFile
from anwei.foundation.files.operations import keep
from anwei.foundation.governance.errors import NeedsSecondPerson
from anwei.foundation.ledger.operations import Side, post_entry, sub_account
from anwei.procurement.purchasing.errors import (
    BillDoesNotAddUp,
    BillExists,
    LineUnfit,
    NoLines,
    NotInThisState,
    OtherBranch,
    OtherSupplier,
    ReasonNeeded,
)
from anwei.procurement.purchasing.models import OrderLine, PurchaseOrder, SupplierInvoice, SupplierInvoiceLine
from anwei.procurement.purchasing.permissions import MATCH
from anwei.procurement.purchasing.queries import open_goods, rules_now, rules_of
from anwei.procurement.purchasing.rules import Billed, amounts, cleared_value, differences
from anwei.procurement.purchasing.shown import bill_words
from anwei.procurement.suppliers.models import Supplier

PAYABLES, RECEIVED_NOT_INVOICED, PRICE_DIFFERENCES, INPUT_VAT = "2202", "220202", "1404", "222102"
State = SupplierInvoice.State


@dataclass(frozen=True, slots=True)
class BillLine:
    """What a supplier bills for an order line, net for one piece."""

    line: OrderLine
    quantity: Decimal
    unit_price: Decimal


@operation("purchasing.enter_invoice", right=MATCH, on="supplier")
def enter_invoice(
    *, actor: Actor, supplier: Supplier, number: str, issued_on: date, lines: list[BillLine], tax: Decimal, gross: Decimal, at: datetime,
    content: bytes | None = None,
) -> SupplierInvoice:  # fmt: skip
    """Enter a supplier's invoice and match it with orders and receipts: what agrees is posted, what does not is named and waits.

    :raises NoLines: it has no line
    :raises LineUnfit: a quantity or price is not above zero, or a line stands twice
    :raises OtherSupplier: a line was ordered from somebody else
    :raises OtherBranch: the orders belong to several branches
    :raises BillDoesNotAddUp: net and tax are not gross
    :raises BillExists: it is entered already
    """
    number = number.strip()
    orders, locked = _lock(lines)
    _refuse_mixed(lines, orders, supplier)
    if SupplierInvoice.objects.exclude(state=State.SENT_BACK).filter(supplier=supplier, number=number).exists():
        raise BillExists(number=number, field="number")
    version = rules_now()
    rows = [_row(b, locked[b.line.pk]) for b in lines]
    net = sum((row.net for row in rows), Decimal(0))
    if net + tax != gross:
        raise BillDoesNotAddUp(net=money(net), tax=money(tax), gross=money(gross), field="gross")
    found = differences((_beside(row) for row in rows), tax, rules_of(version))
    made = SupplierInvoice(
        supplier=supplier, branch=orders[0].branch, number=number, issued_on=issued_on, net=net, tax=tax, gross=gross, rules=version,
        due_on=issued_on + timedelta(days=supplier.payment_days), state=State.DIFFERS if found else State.POSTED,
        differences=[{name: f"{v.normalize():f}" if isinstance(v, Decimal) else v for name, v in asdict(d).items()} for d in found],
    )  # fmt: skip
    if content:
        made.file = keep(content, kind=StoredFile.Kind.DOCUMENT, name=f"{number}.pdf", media_type="application/pdf")
    for row in rows:
        row.invoice = made
    if not found:
        _post(made, rows, at)
    made.save(force_insert=True)
    SupplierInvoiceLine.objects.bulk_create(rows)
    if not found:
        _close_orders(orders, at)
    record(made, "purchasing.invoice_differs" if found else "purchasing.invoice_posted", at=at)
    return made


def _lock(lines: Sequence[BillLine]) -> tuple[list[PurchaseOrder], dict[UUID, OrderLine]]:
    if not lines:
        raise NoLines
    wanted = {b.line.pk for b in lines}
    if len(wanted) < len(lines) or any(b.quantity <= 0 or b.unit_price <= 0 for b in lines):
        raise LineUnfit(field="lines")
    return _locked(OrderLine.objects.filter(pk__in=wanted).values_list("order", flat=True), wanted)


def _locked(orders: Iterable[UUID], lines: Iterable[UUID]) -> tuple[list[PurchaseOrder], dict[UUID, OrderLine]]:
    """Lock the orders, then their lines, each in the order of their keys."""
    held = PurchaseOrder.objects.filter(pk__in=set(orders)).order_by("pk").select_related("branch", "supplier__organisation")
    found = list(held.select_for_update(of=("self",), no_key=True))
    rows = (
        OrderLine.objects.filter(pk__in=lines).order_by("pk").select_for_update(of=("self",), no_key=True).select_related("part", "order")
    )
    return found, {row.pk: row for row in rows}


def _refuse_mixed(lines: Sequence[BillLine], orders: Sequence[PurchaseOrder], supplier: Supplier) -> None:
    for order in orders:
        if order.supplier_id != supplier.pk:
            raise OtherSupplier(number=order.number, supplier=order.supplier.organisation.name)
    if len({order.branch_id for order in orders}) > 1:
        raise OtherBranch


def _row(billed: BillLine, line: OrderLine) -> SupplierInvoiceLine:
    net, _tax = amounts(billed.quantity, billed.unit_price, line.tax_rate)
    return SupplierInvoiceLine(line=line, quantity=billed.quantity, unit_price=billed.unit_price, tax_rate=line.tax_rate, net=net)


def _beside(row: SupplierInvoiceLine) -> Billed:
    line = row.line
    return Billed(
        f"{line.order.number} {line.part.number}",
        row.quantity,
        row.unit_price,
        line.unit_price,
        line.tax_rate,
        line.accepted - line.invoiced,
    )


def _post(invoice: SupplierInvoice, rows: Sequence[SupplierInvoiceLine], at: datetime) -> None:
    """Post an invoice: goods received are cleared at what they were booked in for, the rest is a price difference."""
    for row in rows:
        quantity, value = open_goods(row.line)
        row.cleared = cleared_value(value=value, quantity=quantity, taken=row.quantity)
        row.line.invoiced += row.quantity
        row.line.save()
    body = invoice.supplier.organisation
    owed = sub_account(parent=PAYABLES, party=body.pk, name=body.name)
    cleared = sum((row.cleared for row in rows), Decimal(0))
    sides = (
        Side(RECEIVED_NOT_INVOICED, cleared), Side(PRICE_DIFFERENCES, invoice.net - cleared), Side(INPUT_VAT, invoice.tax),
        Side(owed.code, -invoice.gross),
    )  # fmt: skip
    invoice.entry = post_entry(
        source="purchasing.SupplierInvoice", source_id=invoice.pk, posting="match", on=timezone.localdate(at), currency=invoice.currency,
        branch=invoice.branch_id, text=invoice.number, sides=[side for side in sides if side.amount],
    )  # fmt: skip
    invoice.state = State.POSTED


def _close_orders(orders: Sequence[PurchaseOrder], at: datetime) -> None:
    """Close the orders of which everything has come and is invoiced."""
    for order in orders:
        if order.state == PurchaseOrder.State.RECEIVED and all(line.invoiced >= line.accepted for line in order.lines.all()):
            order.state = PurchaseOrder.State.CLOSED
            order.save()
            record(order, "purchasing.closed", at=at)


@operation("purchasing.accept_difference", right=MATCH, on="invoice")
def accept_difference(*, actor: Actor, invoice: SupplierInvoice, at: datetime) -> SupplierInvoice:
    """Post an invoice though it differs: proposed by the clerk with the reason, decided by another person.

    :raises NeedsSecondPerson: it comes from no approved proposal
    :raises NotInThisState: it is posted or sent back already
    """
    if actor.approved_by is None or actor.approved_by == actor.id:
        raise NeedsSecondPerson
    _refuse_decided(invoice)
    rows = list(invoice.lines.select_related("line").order_by("pk"))
    orders, locked = _locked({row.line.order_id for row in rows}, {row.line_id for row in rows})
    for row in rows:
        row.line = locked[row.line_id]
    _post(invoice, rows, at)
    invoice.note = actor.reason[:300]
    invoice.save()
    SupplierInvoiceLine.objects.bulk_update(rows, ["cleared"])
    _close_orders(orders, at)
    record(invoice, "purchasing.invoice_posted", at=at)
    return invoice


@operation("purchasing.send_invoice_back", right=MATCH, on="invoice")
def send_invoice_back(*, actor: Actor, invoice: SupplierInvoice, reason: str, at: datetime) -> SupplierInvoice:
    """Send an invoice that differs back to the supplier; nothing is posted, and a corrected one may bear its number.

    :raises ReasonNeeded: nobody said why
    :raises NotInThisState: it is posted or sent back already
    """
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    _refuse_decided(invoice)
    invoice.state, invoice.note = State.SENT_BACK, reason.strip()
    invoice.save()
    record(invoice, "purchasing.invoice_sent_back", at=at)
    return invoice


def _refuse_decided(invoice: SupplierInvoice) -> None:
    if invoice.state != State.DIFFERS:
        raise NotInThisState(number=invoice.number, state=bill_words(invoice))
