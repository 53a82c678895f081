"""The missing part, told through the operations: short, bought, received, the order wakes, issued, fitted, released, settled, paid for."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db.models import Sum
from django.utils import timezone

from anwei.core.registers import registers
from anwei.finance.settlement.models import SettlementLine
from anwei.finance.settlement.operations import confirm
from anwei.foundation.accounts.queries import actor_for
from anwei.foundation.accounts.tests.factory import make_actor
from anwei.foundation.audit.calling import follow_all
from anwei.foundation.audit.models import Deed
from anwei.foundation.audit.queries import story
from anwei.foundation.ledger.models import Account, Line
from anwei.inventory.demands.operations import IssueLine, issue
from anwei.inventory.parts.tests.factory import make_part
from anwei.inventory.stock.models import Balance, Due
from anwei.inventory.stock.tests.factory import make_place
from anwei.procurement.purchasing.operations import BillLine, Box, Judged, enter_invoice, inspect, order_demands, promise, receive, send
from anwei.procurement.purchasing.queries import payable, rules_of
from anwei.procurement.suppliers.tests.factory import make_price, make_supplier
from anwei.workorders.dispatch.operations import assign
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.quality.operations import release
from anwei.workorders.visits import operations as visits
from anwei.workorders.visits.models import PartRequest
from anwei.workorders.visits.shown import request_views
from tests.journeys.company import Company, make_company
from tests.journeys.stages import WORK_DONE
from tests.journeys.visit import answer_all, at_work, go_to_work, sign
from tests.trail.factory import settle

pytestmark = [pytest.mark.commit, pytest.mark.usefixtures("committed")]
GTIN = "09506000134352"


def follow_all_settled() -> None:
    """Do what the worker does after each deed."""
    settle()
    follow_all()


def balance(code: str) -> Decimal:
    sums = Line.objects.filter(account__code=code).aggregate(debit=Sum("debit"), credit=Sum("credit"))
    return (sums["debit"] or Decimal(0)) - (sums["credit"] or Decimal(0))


def stock_value() -> Decimal:
    return Balance.objects.filter(is_outside=False, owner=None).aggregate(value=Sum("value"))["value"] or Decimal(0)


def books_agree() -> None:
    """Check that all invariants hold and that what lies in our places is worth what the stock accounts say, to the cent."""
    assert {i.name: i.broken() for i in registers.invariants if i.name != "clocks_as_recomputed" and i.broken()} == {}
    assert stock_value() == sum(balance(account.code) for account in Account.objects.filter(code__startswith="1405"))


def send_again(company: Company, order: WorkOrder) -> None:
    """Let Dana plan the woken order once more."""
    start = timezone.now() + timedelta(hours=3)
    assign(
        actor=company.actor("dana"), order=order, at=timezone.now(), engineer=company.engineer, from_at=start,
        to_at=start + timedelta(hours=2),
    )  # fmt: skip


def test_a_part_that_is_nowhere_is_bought_and_fitted_and_everything_is_paid_for() -> None:
    company = make_company()
    make_place("store", "Store WH", branch=company.branch)
    part = make_part(number="PEEP-77", tracking="serial", udi_di=GTIN, expires=True, categories=["ventilator"])
    supplier, bea, sue = make_supplier(), make_actor("bea", "buyer"), company.actor("sue")
    make_price(supplier, part, "88.88")
    order = at_work(company)

    request = visits.request_part(actor=company.actor("tom"), order=order, part=part, at=timezone.now(), wait=True)
    order.refresh_from_db()
    assert (request.demand.state, order.state) == ("short", "waiting_part")

    bought = send(actor=bea, order=order_demands(actor=bea, demands=[request.demand], at=timezone.now())[0], at=timezone.now())
    promise(actor=bea, order=bought, promised_on=timezone.localdate() + timedelta(days=2), at=timezone.now())
    follow_all_settled()
    assert request_views(order)[0].words == f"{bought.number}，承诺 {timezone.localdate() + timedelta(days=2)} 到货"

    label = f"(01){GTIN}(17)290131(10)L7(21)PV-1"
    receipt = receive(actor=sue, order=bought, boxes=[Box(bought.lines.get(), Decimal(1), scan=label)], at=timezone.now())
    books_agree()
    checks = {key: True for key, _zh, _en in rules_of(receipt.order.rules).checks}
    inspect(actor=sue, receipt=receipt, judged=[Judged(receipt.lines.get(), Decimal(1), checks=checks)], at=timezone.now())
    follow_all_settled()
    order.refresh_from_db()
    assert (order.state, order.turn) == ("accepted", "dispatcher")
    books_agree()

    send_again(company, order)
    issue(actor=sue, lines=[IssueLine(PartRequest.objects.get().demand, label)], at=timezone.now())
    follow_all_settled()
    go_to_work(company, order)
    visits.fit_part(actor=company.actor("tom"), order=order, part=part, serial="PV-1", lot="L7", at=timezone.now())
    assert (PartRequest.objects.get().demand.state, Due.objects.get(rule="unused").fate) == ("met", "used")
    answer_all(company, order)
    sign(company, order)
    visits.finish(actor=company.actor("tom"), order=order, work_done=WORK_DONE, fault="VEN-01", at=timezone.now())
    release(actor=company.actor("quinn"), order=order, at=timezone.now())
    order.refresh_from_db()
    lines = {line.kind for line in SettlementLine.objects.filter(settlement__order=order)}
    confirm(actor=company.actor("fay"), settlement=order.settlement, at=timezone.now())
    assert "part" in lines
    books_agree()

    bill = enter_invoice(
        actor=company.actor("fay"), supplier=supplier, number="F-1", issued_on=timezone.localdate(), tax=Decimal("11.55"),
        gross=Decimal("100.43"), lines=[BillLine(bought.lines.get(), Decimal(1), Decimal("88.88"))], at=timezone.now(),
    )  # fmt: skip
    assert bill.state == "posted" and payable(supplier.organisation_id) == Decimal("100.43")
    order.refresh_from_db()
    assert order.state == "settled"
    books_agree()
    assert stock_value() == company.part.cost  # the sensor that lay in the van from the beginning

    told = story(actor_for(company.users["ingo"], "page"), registers.story_of("orders.WorkOrder", order.pk))
    words = {word for view in told for word in Deed.objects.get(pk=view.id).words}
    assert {
        "visits.part_requested", "demands.short", "orders.wait_for_part", "demands.ordered", "demands.served", "orders.plan_again",
        "demands.issued", "visits.part_fitted", "demands.met", "orders.finish", "orders.release", "orders.settle",
    } <= words  # fmt: skip
