"""Invoices and payments: numbered without gaps, balanced in the books, kept as paper, paid no more than is open."""

import io
from decimal import Decimal

import pypdfium2
import pytest
from django.utils import timezone

from anwei.core.errors import NoRight
from anwei.equipment.devices.tests.factory import make_device
from anwei.finance.billing.errors import NoAmount, NothingToBill, NotSettled, Overpaid, PaymentExists, ReferenceMissing
from anwei.finance.billing.models import Invoice, Payment
from anwei.finance.billing.operations import invoice, receive_payment
from anwei.finance.billing.queries import is_due, open_amount, to_invoice
from anwei.finance.settlement.tests.factory import make_settlement
from anwei.foundation.accounts.tests.factory import make_actor
from anwei.foundation.audit.models import Deed
from anwei.foundation.files.operations import content_of
from anwei.foundation.ledger.models import Entry

pytestmark = pytest.mark.django_db


def balanced(entry: Entry) -> bool:
    """Say whether an entry's debits are its credits, and are something."""
    debit, credit = (sum((getattr(line, side) for line in entry.lines.all()), Decimal(0)) for side in ("debit", "credit"))
    return debit == credit and debit > 0


def test_a_settled_order_is_billed_once_with_its_paper_and_its_entry() -> None:
    fay, settlement = make_actor("fay", "finance_clerk"), make_settlement(make_device(), confirmed=True)
    assert list(to_invoice(fay)) == [settlement] and is_due(settlement)
    made = invoice(actor=fay, settlement=settlement, at=timezone.now())
    assert made.gross == sum(line.gross for line in settlement.lines.all()) == made.net + made.tax
    assert balanced(made.entry)
    assert made.file is not None
    text = pypdfium2.PdfDocument(io.BytesIO(content_of(made.file)))[0].get_textpage().get_text_range()
    assert made.number in text and settlement.order.number in text and f"{made.gross:,.2f}" in text
    assert not to_invoice(fay).exists() and not is_due(settlement)
    with pytest.raises(NothingToBill):
        invoice(actor=fay, settlement=settlement, at=timezone.now())
    assert Deed.objects.filter(verb="billing.invoice", touches__contains=[f"billing.Invoice:{made.pk}"]).exists()


def test_numbers_of_a_branch_follow_each_other() -> None:
    fay, device = make_actor("fay", "finance_clerk"), make_device()
    made = [invoice(actor=fay, settlement=make_settlement(device, confirmed=True), at=timezone.now()) for _number in range(3)]
    assert [one.serial for one in made] == [1, 2, 3]


def test_what_is_not_settled_or_pays_nobody_is_not_billed() -> None:
    fay, device = make_actor("fay", "finance_clerk"), make_device()
    with pytest.raises(NotSettled):
        invoice(actor=fay, settlement=make_settlement(device), at=timezone.now())
    with pytest.raises(NothingToBill):
        invoice(actor=fay, settlement=make_settlement(device, payer="contract", confirmed=True), at=timezone.now())
    assert not Invoice.objects.exists()


def test_money_is_received_in_parts_and_never_more_than_is_open() -> None:
    fay = make_actor("fay", "finance_clerk")
    made = invoice(actor=fay, settlement=make_settlement(make_device(), confirmed=True), at=timezone.now())
    receive_payment(actor=fay, invoice=made, amount=Decimal("100.00"), reference="B-1", at=timezone.now())
    assert open_amount(made) == made.gross - 100
    for amount, reference, refusal in (
        (made.gross, "B-2", Overpaid), (Decimal(0), "B-2", NoAmount), (Decimal(-1), "B-2", NoAmount), (Decimal(1), "B-1", PaymentExists),
        (Decimal(1), " ", ReferenceMissing),
    ):  # fmt: skip
        with pytest.raises(refusal):
            receive_payment(actor=fay, invoice=made, amount=amount, reference=reference, at=timezone.now())
    last = receive_payment(actor=fay, invoice=made, amount=made.gross - 100, reference="B-3", at=timezone.now())
    assert open_amount(made) == 0 and Payment.objects.count() == 2
    assert balanced(last.entry)


@pytest.mark.parametrize("role", ["auditor", "service_manager", "quality_officer"])
def test_only_the_finance_clerk_bills(role: str) -> None:
    with pytest.raises(NoRight):
        invoice(actor=make_actor("x", role), settlement=make_settlement(make_device(), confirmed=True), at=timezone.now())
