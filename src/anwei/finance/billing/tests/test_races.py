"""T08 and T09: threads that bill and pay at once leave no gap, no double number, no double effect."""

import threading
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from anwei.core.actor import Actor
from anwei.core.operation import Answer, Operation, deliver
from anwei.equipment.devices.models import Device
from anwei.equipment.devices.tests.factory import make_device
from anwei.finance.billing.models import Invoice, InvoiceSeries, Payment
from anwei.finance.billing.operations import invoice, receive_payment
from anwei.finance.settlement.models import Settlement
from anwei.finance.settlement.operations import confirm
from anwei.finance.settlement.tests.factory import make_settlement
from anwei.foundation.accounts.tests.factory import make_actor
from anwei.foundation.ledger.models import Entry

pytestmark = pytest.mark.commit
THREADS = 8


def at_once(works: list[Callable[[], Answer]]) -> list[Answer]:
    """Let every work run in a thread of its own, all at the same moment."""
    start, answers = threading.Barrier(len(works)), []

    def run(work: Callable[[], Answer]) -> None:
        start.wait()
        try:
            answers.append(work())
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def sent(op: Operation[..., Any], actor: Actor, **kwargs: object) -> Callable[[], Answer]:
    """Return a work that sends a deed with a request id of its own."""
    return lambda: deliver(op, actor, lambda: kwargs, lambda made: str(made), request_id=str(uuid4()))[0]


def settled(device: Device, confirmed: bool = True) -> Settlement:
    return make_settlement(device, confirmed=confirmed)


def test_threads_that_bill_at_once_leave_no_gap_and_no_number_twice(committed: str) -> None:
    fay, device, now = make_actor("fay", "finance_clerk"), make_device(), timezone.now()
    good = [settled(device) for _number in range(27)]
    bad = [settled(device, confirmed=False) for _number in range(3)]  # one in ten is refused
    works = [sent(invoice, fay, settlement=one, at=now) for one in (*good[:9], bad[0], *good[9:18], bad[1], *good[18:], bad[2])]
    answers = [answer for first in range(0, len(works), THREADS) for answer in at_once(works[first : first + THREADS])]
    assert sorted(answer.status for answer in answers) == [200] * 27 + [409] * 3
    assert sorted(Invoice.objects.values_list("serial", flat=True)) == list(range(1, 28))
    assert InvoiceSeries.objects.get().last == 27
    assert Entry.objects.filter(source="billing.Invoice").count() == 27


def test_a_settlement_confirmed_billed_and_paid_by_many_at_once_is_so_once(committed: str) -> None:
    fay, now = make_actor("fay", "finance_clerk"), timezone.now()
    settlement = settled(make_device(), confirmed=False)
    answers = at_once([sent(confirm, fay, settlement=settlement, at=now) for _number in range(THREADS)])
    assert sorted(a.status for a in answers) == [200] + [409] * 7
    assert settlement.order.steps.filter(verb="settle").count() == 1
    answers = at_once([sent(invoice, fay, settlement=settlement, at=now) for _number in range(THREADS)])
    assert sorted(a.status for a in answers) == [200] + [409] * 7
    bill = Invoice.objects.get()
    half = (bill.gross / 2).quantize(Decimal("0.01")) + 1
    pays = [sent(receive_payment, fay, invoice=bill, amount=half, reference=f"B-{number}", at=now) for number in range(THREADS)]
    answers = at_once(pays)
    assert sorted(a.status for a in answers) == [200] + [422] * 7, "two halves and two yuan are more than is open"
    assert Payment.objects.get().amount == half and Entry.objects.filter(source="billing.Payment").count() == 1
