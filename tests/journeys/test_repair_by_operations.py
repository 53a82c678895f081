"""The whole repair, hospital-direct, told through the operations: from a nurse's scan to a settled and paid order."""

from datetime import timedelta

import pytest
from django.utils import timezone

from anwei.core.registers import registers
from anwei.finance.billing.operations import invoice, receive_payment
from anwei.finance.billing.queries import open_amount
from anwei.finance.settlement.models import SettlementLine
from anwei.finance.settlement.operations import confirm
from anwei.foundation.accounts.queries import public_actor
from anwei.inventory.stock.models import Balance
from anwei.workorders.dispatch.operations import assign
from anwei.workorders.intake.operations import accept as take_in
from anwei.workorders.intake.operations import report
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.quality.operations import release
from anwei.workorders.visits import operations as visits
from tests.journeys.company import Company, make_company
from tests.journeys.visit import answer_all, fit, go_to_work, sign

pytestmark = pytest.mark.django_db


def work(company: Company, order: WorkOrder) -> None:
    """Do the whole visit up to the ward's signature."""
    go_to_work(company, order)
    fit(company, order)
    answer_all(company, order)
    sign(company, order)


def test_a_repair_from_scan_to_payment() -> None:
    company = make_company()
    now = timezone.now()
    request = report(
        actor=public_actor(), sticker=company.sticker, symptom="any.power", device_down=True, harm="none", phone="13800000417", at=now
    )
    order = take_in(actor=company.actor("clerk"), request=request, priority="urgent", at=now)
    assert order.number.startswith("WH-") and order.state == "accepted"

    start = now + timedelta(hours=1)
    assign(actor=company.actor("dana"), order=order, engineer=company.engineer, from_at=start, to_at=start + timedelta(hours=2), at=now)
    assert company.actor("tom").ids("order") == {order.pk}

    work(company, order)
    company.device.refresh_from_db()
    assert company.device.is_blocked
    visits.finish(actor=company.actor("tom"), order=order, work_done="更换流量传感器，测试合格", fault="VEN-01", at=timezone.now())
    assert Balance.objects.get(place=company.van, serial="FS-1").quantity == 0

    release(actor=company.actor("quinn"), order=order, at=timezone.now())
    company.device.refresh_from_db()
    order.refresh_from_db()
    assert not company.device.is_blocked and order.state == "released"

    lines = {line.kind: line for line in SettlementLine.objects.filter(settlement__order=order)}
    assert set(lines) == {"labour", "travel", "part"} and {line.payer for line in lines.values()} == {"hospital"}
    settlement = confirm(actor=company.actor("fay"), settlement=order.settlement, at=timezone.now())
    bill = invoice(actor=company.actor("fay"), settlement=settlement, at=timezone.now())
    assert bill.gross == sum(line.gross for line in lines.values()) and bill.number.endswith("-00001")
    receive_payment(actor=company.actor("fay"), invoice=bill, amount=bill.gross, reference="BANK-1", at=timezone.now())
    assert open_amount(bill) == 0
    order.refresh_from_db()
    assert order.state == "settled"
    assert company.actor("tom").ids("order") == frozenset()
    assert {i.name: i.broken() for i in registers.invariants if i.name != "clocks_as_recomputed" and i.broken()} == {}
