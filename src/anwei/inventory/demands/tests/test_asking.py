"""Asking for parts, letting them go, and giving what came in to who waits."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from anwei.core.errors import NoRight, NotFound
from anwei.core.registers import registers
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.accounts.tests.factory import make_actor
from anwei.foundation.branches.tests.factory import make_branch
from anwei.inventory.demands.errors import NothingWanted
from anwei.inventory.demands.models import Demand
from anwei.inventory.demands.operations import want
from anwei.inventory.demands.queries import demands_of, instead_of, kept_for
from anwei.inventory.demands.tests.factory import cancelling, make_demand, meeting, serving
from anwei.inventory.parts.operations import add_substitute
from anwei.inventory.parts.tests.factory import make_part
from anwei.inventory.stock.queries import available
from anwei.inventory.stock.tests.factory import make_place, make_stock

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("test")


def holds() -> bool:
    names = ("demands_have_their_pieces", "held_is_reserved", "moves_make_balances", "stock_is_in_the_books")
    return all(not i.broken() for i in registers.invariants if i.name in names)


def test_ones_own_van_comes_before_the_store_and_the_store_before_others() -> None:
    here, there, part = make_branch("SH"), make_branch("BJ"), make_part()
    van, store = make_place("van", "Van", branch=here), make_place("store", "Here", branch=here)
    far = make_place("store", "Far", branch=there)
    for place in (far, store, van):
        make_stock(part, place)
    found = [make_demand(part, van) for _time in range(4)]
    assert [d.held_at for d in found] == [van, store, far, None]
    assert [d.state for d in found] == ["issued", "reserved", "reserved", "short"]
    assert holds()


def test_a_place_with_too_few_gives_none_of_them() -> None:
    here, part = make_branch("SH"), make_part()
    van, store = make_place("van", "Van", branch=here), make_place("store", "Here", branch=here)
    make_stock(part, van, 1)
    make_stock(part, store, 3)
    assert make_demand(part, van, 2).held_at == store
    assert available(part, van) == 1 and available(part, store) == 1


def test_nothing_is_asked_for_nothing() -> None:
    with pytest.raises(NothingWanted):
        make_demand(make_part(), make_place(), 0)
    assert not Demand.objects.exists()


def test_a_cancelled_demand_lets_its_pieces_go_once() -> None:
    part, store = make_part(), make_place()
    make_stock(part, store)
    demand = make_demand(part, store)
    for _time in range(2):
        cancelling(actor=SYSTEM, demand=demand)
    demand.refresh_from_db()
    assert demand.state == "cancelled" and available(part, store) == 1 and holds()


def test_a_demand_that_is_met_holds_nothing_any_more() -> None:
    part, store = make_part(), make_place()
    make_stock(part, store)
    demand = make_demand(part, store)
    meeting(actor=SYSTEM, demand=demand)
    demand.refresh_from_db()
    assert demand.state == "met" and kept_for([demand])[demand.pk] == [] and holds()


def test_what_came_in_goes_to_the_soonest_needed_first() -> None:
    here, part, now = make_branch("SH"), make_part(), timezone.now()
    store, van = make_place("store", "Here", branch=here), make_place("van", "Van", branch=here)
    late = make_demand(part, van, needed_by=now + timedelta(days=5))
    soon = make_demand(part, van, needed_by=now + timedelta(days=1))
    undated = make_demand(part, van, device_down=True)
    make_stock(part, store, 2)
    assert serving(actor=SYSTEM, part=part, place=store) == [soon, late]
    undated.refresh_from_db()
    assert undated.state == "short" and holds()


def test_what_came_into_a_bin_serves_those_of_its_store_and_branch_only() -> None:
    here, there, part = make_branch("SH"), make_branch("BJ"), make_part()
    store = make_place("store", "Here", branch=here)
    shelf = make_place("bin", "A-1", parent=store)
    elsewhere = make_demand(part, make_place("van", "Far", branch=there))
    wanted = make_demand(part, make_place("van", "Van", branch=here))
    make_stock(part, shelf)
    assert serving(actor=SYSTEM, part=part, place=shelf) == [wanted]
    elsewhere.refresh_from_db()
    assert elsewhere.state == "short"


def test_a_demand_for_more_than_came_is_passed_over() -> None:
    here, part, now = make_branch("SH"), make_part(), timezone.now()
    store, van = make_place("store", "Here", branch=here), make_place("van", "Van", branch=here)
    big = make_demand(part, van, 5, needed_by=now)
    small = make_demand(part, van, 1, needed_by=now + timedelta(days=1))
    make_stock(part, store, 2)
    assert serving(actor=SYSTEM, part=part, place=store) == [small]
    big.refresh_from_db()
    assert big.state == "short" and available(part, store) == 1


def test_a_store_asks_for_itself_and_is_met_by_what_lies_there() -> None:
    here, part = make_branch("SH"), make_part()
    store, keeper = make_place("store", "Here", branch=here), make_actor("sue", "storekeeper", branch=here.pk)
    demand = want(actor=keeper, place=store, part=part, quantity=Decimal(3), at=timezone.now(), note=" low ")
    assert demand.for_stock and demand.urgency == 3 and demand.note == "low"
    make_stock(part, store, 3)
    assert serving(actor=SYSTEM, part=part, place=store) == [demand]
    assert available(part, store) == 3
    with pytest.raises(NothingWanted):
        want(actor=keeper, place=store, part=part, quantity=Decimal(0), at=timezone.now())


def test_who_may_ask_for_a_store() -> None:
    here, there, part = make_branch("SH"), make_branch("BJ"), make_part()
    store = make_place("store", "Here", branch=here)
    with pytest.raises(NotFound):
        stranger = make_actor("sam", "storekeeper", branch=there.pk)
        want(actor=stranger, place=store, part=part, quantity=Decimal(1), at=timezone.now())
    with pytest.raises(NoRight):
        engineer = make_actor("fred", "field_engineer", branch=here.pk)
        want(actor=engineer, place=store, part=part, quantity=Decimal(1), at=timezone.now())


def test_a_substitute_is_offered_and_not_taken() -> None:
    here = make_branch("SH")
    part, other, store = make_part(), make_part(), make_place("store", "Here", branch=here)
    add_substitute(actor=SYSTEM, part=part, other=other)
    make_stock(other, store, 2)
    demand = make_demand(part, store)
    assert demand.state == "short"
    assert [(i.part, i.place, i.free) for i in instead_of([part], branch=here.pk)[part.pk]] == [(other, store, Decimal(2))]
    assert demands_of(demand.cause, demand.cause_id) == [demand]
