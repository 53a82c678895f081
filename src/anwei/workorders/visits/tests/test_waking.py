"""An order that waits for its parts goes on by itself when they are there, once, as its flow says."""

import pytest
from django.utils import timezone

from anwei.core.actor import Actor
from anwei.core.registers import registers
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.definitions.operations import draft, publish
from anwei.foundation.definitions.queries import published
from anwei.foundation.notices.models import Notice
from anwei.inventory.demands.models import Demand
from anwei.inventory.demands.operations import IssueLine, issue
from anwei.inventory.demands.tests.factory import serving
from anwei.inventory.parts.models import Part
from anwei.inventory.parts.tests.factory import make_part
from anwei.inventory.stock.models import Balance, Due, Place
from anwei.inventory.stock.tests.factory import make_place, make_stock
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.orders.operations import move_by_hand
from anwei.workorders.visits.models import PartRequest
from anwei.workorders.visits.operations import cancel_request, fit_part, request_part, resume, wait_for_customer, wake
from anwei.workorders.visits.operations.waking import Woken
from tests.journeys.company import Company
from tests.journeys.visit import at_work
from tests.trail.factory import deed

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("test")


@deed
def waking(*, actor: Actor, order: WorkOrder) -> Woken:
    return wake(actor=actor, order=order.pk, at=timezone.now())


def woken(order: WorkOrder) -> str:
    """Wake an order and return by which step it went on."""
    step = waking(actor=SYSTEM, order=order).step
    order.refresh_from_db()
    return step.verb if step else ""


@pytest.fixture
def store(company: Company) -> Place:
    return make_place("store", "Store", branch=company.branch)


def waits(company: Company, order: WorkOrder, part: Part | None = None) -> PartRequest:
    """Let Tom ask for a part and wait for it."""
    return request_part(actor=company.actor("tom"), order=order, part=part or make_part(), at=timezone.now(), wait=True)


def arrives(request: PartRequest, store: Place) -> None:
    """Let a piece come in and be kept for who waits."""
    make_stock(request.part, store)
    serving(actor=SYSTEM, part=request.part, place=store)


def handed_over(company: Company, request: PartRequest) -> None:
    issue(actor=company.actor("sue"), lines=[IssueLine(request.demand)], at=timezone.now())


def broken() -> list[str]:
    return [i.name for i in registers.invariants if i.name != "clocks_as_recomputed" and i.broken()]


def test_parts_in_the_store_wake_the_order_to_be_planned_and_both_are_told(company: Company, working: WorkOrder, store: Place) -> None:
    request = waits(company, working)
    assert woken(working) == "" and working.state == "waiting_part"
    arrives(request, store)
    assert woken(working) == "plan_again"
    assert (working.state, working.turn, working.steps.get(verb="plan_again").by_name) == ("accepted", "dispatcher", "test")
    told = {notice.user.username: notice for notice in Notice.objects.filter(message__contains="parts for")}
    assert set(told) == {"tom-WH", "dana-WH"}
    assert told["tom-WH"].values["parts"] == f"{request.part.number} × 1 · Store"
    assert not broken()


def test_it_wakes_once(company: Company, working: WorkOrder, store: Place) -> None:
    arrives(waits(company, working), store)
    assert (woken(working), woken(working)) == ("plan_again", "")
    assert working.steps.filter(verb="plan_again").count() == 1 and Notice.objects.filter(message__contains="parts for").count() == 2


def test_it_sleeps_until_the_last_part_is_there(company: Company, working: WorkOrder, store: Place) -> None:
    first = waits(company, working)
    second = request_part(actor=company.actor("tom"), order=working, part=make_part(), at=timezone.now())
    arrives(first, store)
    assert woken(working) == ""
    arrives(second, store)
    assert woken(working) == "plan_again"


def test_what_was_taken_back_holds_nothing_up(company: Company, working: WorkOrder, store: Place) -> None:
    first = waits(company, working)
    second = request_part(actor=company.actor("tom"), order=working, part=make_part(), at=timezone.now())
    arrives(first, store)
    cancel_request(actor=company.actor("tom"), order=working, request=second, at=timezone.now())
    assert woken(working) == "plan_again"


def test_parts_in_the_own_van_let_the_engineer_go_on_without_the_dispatcher(company: Company, working: WorkOrder, store: Place) -> None:
    part = make_part()
    make_stock(part, store)
    handed_over(company, waits(company, working, part))
    assert woken(working) == "take_up"
    assert (working.state, working.turn) == ("engineer_accepted", "field_engineer")


def test_the_flow_says_how_an_order_goes_on(company: Company, store: Place) -> None:
    shipped = published("flow", "hospital_direct")
    steps = [step for step in shipped.body["transitions"] if step["verb"] != "take_up"]
    given = {"kind": "flow", "key": "hospital_direct", "name_zh": "医院直销维修", "name_en": "Hospital-direct repair"}
    draft(actor=SYSTEM, **given, body=shipped.body | {"transitions": steps})
    publish(actor=SYSTEM, definition=shipped.definition, at=timezone.now())
    order, part = at_work(company), make_part()
    make_stock(part, store)
    handed_over(company, waits(company, order, part))
    assert woken(order) == "plan_again"


def test_an_order_that_went_on_or_waits_for_something_else_is_left_alone(company: Company, working: WorkOrder, store: Place) -> None:
    tom, request = company.actor("tom"), waits(company, working)
    resume(actor=tom, order=working, at=timezone.now())
    arrives(request, store)
    assert woken(working) == "" and working.state == "working"
    wait_for_customer(actor=tom, order=working, waiting_reason="in_use", evidence="14:20", at=timezone.now())
    assert woken(working) == "" and working.state == "waiting_customer"


def test_a_cancelled_order_lets_its_parts_go_and_stays_cancelled(company: Company, working: WorkOrder, store: Place) -> None:
    request = waits(company, working)
    arrives(request, store)
    assert woken(working) == "plan_again"
    move_by_hand(actor=company.actor("dana"), order=working, verb="cancel", fields={"reason": "换新机"}, at=timezone.now())
    assert Demand.objects.get().state == "cancelled" and Balance.objects.get(part=request.part, place=store).held == 0
    assert woken(working) == "" and working.state == "cancelled" and not broken()


def test_fitting_the_part_meets_the_request_and_ends_what_was_owed(company: Company, working: WorkOrder, store: Place) -> None:
    part, tom = make_part(), company.actor("tom")
    make_stock(part, store)
    request = waits(company, working, part)
    handed_over(company, request)
    due = Due.objects.get()
    assert (due.rule, due.state, (due.due_on - timezone.localdate()).days) == ("unused", "open", 7)
    resume(actor=tom, order=working, at=timezone.now())
    fit_part(actor=tom, order=working, part=part, at=timezone.now())
    due.refresh_from_db()
    assert Demand.objects.get().state == "met" and (due.state, due.fate) == ("settled", "used") and not broken()


def test_what_was_issued_and_not_used_stays_in_the_van_to_be_returned(company: Company, working: WorkOrder, store: Place) -> None:
    part = make_part()
    make_stock(part, store)
    request = waits(company, working, part)
    handed_over(company, request)
    cancel_request(actor=company.actor("tom"), order=working, request=request, at=timezone.now())
    balance = Balance.objects.get(part=part, place=company.van)
    assert (balance.quantity, balance.held, Due.objects.get().state) == (1, 0, "open") and not broken()
