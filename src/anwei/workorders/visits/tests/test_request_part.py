from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils import timezone

from anwei.core.errors import NotFound
from anwei.core.registers import registers
from anwei.equipment.devices.tests.factory import make_device
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.clocks.models import Clock
from anwei.inventory.demands.errors import NothingWanted
from anwei.inventory.demands.models import Demand
from anwei.inventory.parts.operations import add_substitute
from anwei.inventory.parts.tests.factory import make_part
from anwei.inventory.stock.models import Balance
from anwei.inventory.stock.tests.factory import make_place, make_stock
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.visits.models import PartRequest
from anwei.workorders.visits.operations import cancel_request, request_part
from anwei.workorders.visits.tests.deeds import delivered_twice, last_deed, refused_to_a_stranger, refused_without_right
from tests.journeys.company import Company, make_company
from tests.journeys.visit import go_to_work, send_out

pytestmark = pytest.mark.django_db


def broken() -> list[str]:
    return [i.name for i in registers.invariants if i.name != "clocks_as_recomputed" and i.broken()]


def ask_for(company: Company, order: WorkOrder, part: object, **given: object) -> PartRequest:
    return request_part(actor=company.actor("tom"), order=order, part=part, at=timezone.now(), **given)  # type: ignore[arg-type]


def test_what_is_nowhere_is_short_needed_before_the_device_must_work_again(company: Company, working: WorkOrder) -> None:
    part = make_part()
    request = ask_for(company, working, part, quantity=Decimal(2), wait=True)
    demand, working = request.demand, WorkOrder.objects.get(pk=working.pk)
    assert (demand.state, demand.quantity, demand.label, demand.place) == ("short", 2, working.number, company.van)
    assert demand.needed_by == Clock.objects.get(subject=working.pk, kind="restore").due_at
    assert demand.urgency == Demand.Urgency.DEVICE_DOWN
    assert (working.state, working.steps.get(verb="wait_for_part").reason) == ("waiting_part", f"{part.number} × 2")
    assert {"visits.part_requested", "demands.short"} <= set(last_deed("visits.request_part").words)
    assert not broken()


def test_what_lies_in_the_own_van_is_kept_and_nobody_waits(company: Company, working: WorkOrder) -> None:
    request = ask_for(company, working, company.part, wait=True)
    working.refresh_from_db()
    assert (request.demand.state, working.state) == ("issued", "working")
    assert Balance.objects.get(place=company.van, serial="FS-1").held == 1
    assert not broken()


def test_what_lies_in_the_store_is_kept_there_and_the_repair_waits(company: Company, working: WorkOrder) -> None:
    part, store = make_part(), make_place("store", "Store", branch=company.branch)
    make_stock(part, store, 2)
    request = ask_for(company, working, part, wait=True)
    working.refresh_from_db()
    assert (request.demand.state, request.demand.held_at, working.state) == ("reserved", store, "waiting_part")
    assert not broken()


def test_a_substitute_is_taken_only_by_choice(company: Company, working: WorkOrder) -> None:
    part, other = make_part(), make_part()
    add_substitute(actor=system_actor("test"), part=part, other=other, note="same seat")
    make_stock(other, company.van, 1)
    assert ask_for(company, working, part).demand.state == "short"
    chosen = ask_for(company, working, other, instead_of=part)
    assert (chosen.demand.state, chosen.instead_of) == ("issued", part)


def test_nothing_is_no_quantity(company: Company, working: WorkOrder) -> None:
    with pytest.raises(NothingWanted):
        ask_for(company, working, make_part(), quantity=Decimal(0))
    assert not PartRequest.objects.exists()


def test_only_who_was_sent_asks(company: Company, working: WorkOrder) -> None:
    refused_without_right(request_part, company, working, part=company.part)
    refused_to_a_stranger(request_part, make_company("CS"), working, part=company.part)


def test_a_request_sent_twice_is_one(company: Company, working: WorkOrder) -> None:
    delivered_twice(request_part, company, PartRequest.objects.count, order=working, part=make_part(), wait=True)


def test_taking_a_request_back_frees_what_is_kept_for_it(company: Company, working: WorkOrder) -> None:
    request = ask_for(company, working, company.part)
    cancel_request(actor=company.actor("tom"), order=working, request=request, at=timezone.now())
    assert Demand.objects.get().state == "cancelled" and Balance.objects.get(place=company.van, serial="FS-1").held == 0
    assert "visits.request_cancelled" in last_deed("visits.cancel_request").words and not broken()
    cancel_request(actor=company.actor("tom"), order=working, request=request, at=timezone.now())
    assert last_deed("visits.cancel_request").outcome == "unchanged"


def test_only_who_was_sent_takes_a_request_back(company: Company, working: WorkOrder) -> None:
    request = ask_for(company, working, company.part)
    refused_without_right(cancel_request, company, working, request=request)
    refused_to_a_stranger(cancel_request, make_company("CS"), working, request=request)
    assert Demand.objects.get().state == "issued"


def test_a_request_of_another_order_is_not_taken_back(company: Company, working: WorkOrder) -> None:
    request = ask_for(company, working, company.part)
    later = replace(company, device=make_device(company.device.hospital))
    other = go_to_work(later, send_out(later, hours=4))  # Tom's too
    with pytest.raises(NotFound):
        cancel_request(actor=company.actor("tom"), order=other, request=request, at=timezone.now())
    assert Demand.objects.get().state == "issued"
