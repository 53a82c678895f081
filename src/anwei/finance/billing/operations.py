"""Invoices with gapless numbers, and payments: each with its entry in the books."""

from datetime import date, datetime
from decimal import Decimal
from itertools import groupby

from django.db.models import F
from django.utils import timezone

from anwei.core.actor import Actor
from anwei.core.operation import operation, record
from anwei.core.wording import money
from anwei.finance.billing.errors import InvoicedAlready, NoAmount, NothingToBill, NotSettled, Overpaid, PaymentExists, ReferenceMissing
from anwei.finance.billing.models import Invoice, InvoiceLine, InvoiceSeries, Payment
from anwei.finance.billing.paper import keep_paper
from anwei.finance.billing.permissions import INVOICE, TAKE_PAYMENT
from anwei.finance.billing.queries import open_amount
from anwei.finance.settlement.models import Settlement, SettlementLine
from anwei.foundation.branches.models import Branch
from anwei.foundation.ledger.operations import Side, post_entry, sub_account
from anwei.foundation.organisations.models import Organisation

RECEIVABLES, REVENUE, OUTPUT_VAT, BANK = "1122", "6001", "222101", "1002"


@operation("billing.invoice", right=INVOICE, on="settlement")
def invoice(*, actor: Actor, settlement: Settlement, at: datetime) -> Invoice:
    """Bill a settled order to the body that pays; the number is the next one of the branch and year, without gaps.

    :raises NotSettled: the settlement is not confirmed
    :raises NothingToBill: nobody of this settlement gets an invoice, or everybody has theirs
    """
    if settlement.state != Settlement.State.CONFIRMED:
        raise NotSettled
    billed = InvoiceLine.objects.filter(settled__settlement=settlement).values("settled")
    lines = list(settlement.lines.exclude(payer_body=None).exclude(pk__in=billed).select_related("payer_body").order_by("payer_body", "id"))
    if not lines:
        raise NothingToBill
    buyer, group = next(iter(groupby(lines, key=lambda line: line.payer_body)))
    assert buyer is not None, "lines without a payer's body were left out"
    if had := Invoice.objects.filter(settlement=settlement, buyer=buyer).first():
        raise InvoicedAlready(number=had.number)
    return _issue(settlement, buyer, list(group), at)


def _issue(settlement: Settlement, buyer: Organisation, lines: list[SettlementLine], at: datetime) -> Invoice:
    branch, day = settlement.order.branch, timezone.localdate(at)
    net, tax = sum((line.net for line in lines), Decimal(0)), sum((line.tax for line in lines), Decimal(0))
    made = Invoice(
        branch=branch, year=day.year, buyer=buyer, settlement=settlement, issued_on=day, net=net, tax=tax, gross=net + tax,
        currency=settlement.currency,
    )  # fmt: skip
    owed = sub_account(parent=RECEIVABLES, party=buyer.pk, name=buyer.name)
    made.entry = post_entry(
        source="billing.Invoice", source_id=made.pk, posting="issue", on=day, currency=settlement.currency, branch=branch.pk,
        text=settlement.order.number,
        sides=[s for s in (Side(owed.code, net + tax), Side(REVENUE, -net), Side(OUTPUT_VAT, -tax)) if s.amount],
    )  # fmt: skip
    # the series is taken last: a number is lost only together with its invoice
    made.serial = _next_serial(branch, day)
    made.number = f"INV-{branch.code}-{day.year}-{made.serial:05d}"
    made.file = keep_paper(made, lines, at)
    made.save(force_insert=True)
    InvoiceLine.objects.bulk_create([InvoiceLine(invoice=made, settled=line) for line in lines])
    record(made, "billing.invoiced", at=at)
    record(settlement.order, "billing.invoiced", at=at)
    return made


def _next_serial(branch: Branch, day: date) -> int:
    InvoiceSeries.objects.bulk_create([InvoiceSeries(branch=branch, year=day.year)], ignore_conflicts=True)
    series = InvoiceSeries.objects.select_for_update().get(branch=branch, year=day.year)
    InvoiceSeries.objects.filter(pk=series.pk).update(last=F("last") + 1)
    return series.last + 1


@operation("billing.pay", right=TAKE_PAYMENT, on="invoice")
def receive_payment(*, actor: Actor, invoice: Invoice, amount: Decimal, reference: str, at: datetime, method: str = "transfer") -> Payment:
    """Record money received for an invoice.

    :raises NoAmount: not above zero
    :raises Overpaid: more than is open
    :raises PaymentExists: this reference is recorded already
    :raises ReferenceMissing: the bank's reference is not said
    """
    reference = reference.strip()
    if not reference:
        raise ReferenceMissing(field="reference")
    if amount <= 0:
        raise NoAmount(field="amount")
    if invoice.payments.filter(reference=reference).exists():
        raise PaymentExists(reference=reference, field="reference")
    if amount > (still := open_amount(invoice)):
        raise Overpaid(amount=money(amount), open=money(still), field="amount")
    payment = Payment(invoice=invoice, amount=amount, currency=invoice.currency, at=at, method=method, reference=reference)
    owed = sub_account(parent=RECEIVABLES, party=invoice.buyer_id, name=invoice.buyer.name)
    payment.entry = post_entry(
        source="billing.Payment", source_id=payment.pk, posting="receive", on=timezone.localdate(at), currency=invoice.currency,
        branch=invoice.branch_id, text=invoice.number, sides=[Side(BANK, amount), Side(owed.code, -amount)],
    )  # fmt: skip
    payment.save(force_insert=True)
    record(payment, "billing.paid", at=at)
    record(invoice, "billing.paid", at=at)
    return payment
