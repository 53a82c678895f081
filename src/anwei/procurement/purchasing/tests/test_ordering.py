"""From shortages to orders, and how orders end."""

from decimal import Decimal

import pytest
from django.utils import timezone

from anwei.core.errors import NoRight
from anwei.core.registers import registers
from anwei.foundation.accounts.tests.factory import make_actor
from anwei.foundation.governance.errors import NeedsSecondPerson, NotYourOwnProposal
from anwei.foundation.governance.operations import approve as approve_proposal
from anwei.foundation.governance.operations import propose
from anwei.inventory.demands.models import Demand
from anwei.inventory.parts.tests.factory import make_part
from anwei.procurement.purchasing.errors import (
    BelowMinimum,
    LineUnfit,
    NoLines,
    NoStore,
    NoSupplier,
    NothingToOrder,
    NotInThisState,
    ReasonNeeded,
    SupplierBlocked,
)
from anwei.procurement.purchasing.models import PurchaseOrder
from anwei.procurement.purchasing.operations import Wanted, approve, cancel, change_line, close, order_demands
from anwei.procurement.purchasing.tests.factory import Scene, in_days, make_order, make_scene
from anwei.procurement.suppliers.tests.factory import make_licence, make_price, make_supplier

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return make_scene()


def state_of(demand: Demand) -> str:
    demand.refresh_from_db()
    return demand.state


def holds() -> bool:
    return all(not i.broken() for i in registers.invariants)


def test_shortages_become_one_order_for_each_supplier(scene: Scene) -> None:
    other, cheap = make_part(), make_supplier("Cheap")
    make_price(cheap, other, "40")
    make_price(make_supplier("Dear"), other, "60")
    first, second = scene.short(1, needed_by=in_days(3)), scene.short(2, needed_by=in_days(1))
    third = scene.short(1, part=other)
    made = order_demands(actor=scene.buyer, demands=[first, second, third], at=timezone.now())
    by_supplier = {order.supplier: order for order in made}
    assert set(by_supplier) == {scene.supplier, cheap}
    order = by_supplier[scene.supplier]
    line = order.lines.get()
    assert (line.quantity, line.unit_price, order.net, order.tax, order.state) == (3, 100, 300, 39, "approved")
    assert order.needed_by == second.needed_by and order.place == scene.store and order.number.startswith("SH-PO")
    assert {state_of(d) for d in (first, second, third)} == {"ordered"} and holds()


def test_what_is_ordered_is_not_ordered_twice(scene: Scene) -> None:
    demand = scene.short()
    scene.ordered(demand)
    with pytest.raises(NothingToOrder):
        order_demands(actor=scene.buyer, demands=[demand], at=timezone.now())
    assert PurchaseOrder.objects.count() == 1


def test_an_expired_licence_blocks_with_its_reason(scene: Scene) -> None:
    """C19: the legality of the supplier is checked before the order."""
    part, late = make_part(), make_supplier("Late", licensed=False)
    make_licence(late, number="L-77", days=-1)
    make_price(late, part, "1")
    demand = scene.short(part=part)
    with pytest.raises(NoSupplier) as refused:
        order_demands(actor=scene.buyer, demands=[demand], at=timezone.now())
    assert "L-77" in str(refused.value) and state_of(demand) == "short"
    with pytest.raises(SupplierBlocked) as blocked:
        order_demands(actor=scene.buyer, demands=[demand], at=timezone.now(), supplier=late)
    assert "L-77" in str(blocked.value) and not PurchaseOrder.objects.exists()


def test_what_nobody_may_deliver_stays_short_and_the_rest_is_ordered(scene: Scene) -> None:
    good, hopeless = scene.short(), scene.short(part=make_part())
    made = order_demands(actor=scene.buyer, demands=[good, hopeless], at=timezone.now())
    assert len(made) == 1 and state_of(hopeless) == "short" and state_of(good) == "ordered"


def test_the_named_supplier_is_taken_though_another_is_cheaper(scene: Scene) -> None:
    dear = make_supplier("Dear")
    make_price(dear, scene.part, "150")
    made = order_demands(actor=scene.buyer, demands=[scene.short()], at=timezone.now(), supplier=dear)
    assert made[0].supplier == dear


def test_a_minimum_is_kept(scene: Scene) -> None:
    make_price(scene.supplier, scene.part, "90", minimum=Decimal(5), valid_from=timezone.localdate())
    assert scene.ordered().lines.get().quantity == 5
    with pytest.raises(BelowMinimum):
        make_order(scene, [Wanted(scene.part, Decimal(4))])


def test_an_order_made_by_hand_takes_the_agreed_price(scene: Scene) -> None:
    order = make_order(scene, [Wanted(scene.part, Decimal(3)), Wanted(make_part(), Decimal(1), Decimal(7), Decimal("0.06"))])
    assert order.net == 307 and order.tax == Decimal("39.42")
    for lines, refusal in (
        ([], NoLines),
        ([Wanted(make_part(), Decimal(1))], LineUnfit),
        ([Wanted(scene.part, Decimal(0))], LineUnfit),
        ([Wanted(scene.part, Decimal(1)), Wanted(scene.part, Decimal(1))], LineUnfit),
    ):
        with pytest.raises(refusal):
            make_order(scene, lines)


def test_a_branch_without_a_store_cannot_receive(scene: Scene) -> None:
    from anwei.foundation.branches.tests.factory import make_branch
    from anwei.inventory.demands.tests.factory import make_demand
    from anwei.inventory.stock.tests.factory import make_place

    far = make_place("van", "Far", branch=make_branch("BJ"))
    with pytest.raises(NoStore):
        order_demands(actor=scene.buyer, demands=[make_demand(scene.part, far)], at=timezone.now())


def test_above_the_limit_a_second_person_approves(scene: Scene) -> None:
    order, boss = scene.ordered(scene.short(201)), make_actor("max", "service_manager")
    assert order.state == "draft"
    with pytest.raises(NeedsSecondPerson):
        approve(actor=scene.buyer, order=order, at=timezone.now())
    subject = f"purchasing.PurchaseOrder:{order.pk}"
    payload = {"order": str(order.pk)}
    proposal = propose(
        actor=scene.buyer, verb="purchasing.approve", payload=payload, subject=subject, reason="device down", at=timezone.now()
    )
    with pytest.raises((NotYourOwnProposal, NoRight)):
        approve_proposal(actor=scene.buyer, proposal=proposal, at=timezone.now())
    approve_proposal(actor=boss, proposal=proposal, at=timezone.now())
    order.refresh_from_db()
    assert order.state == "approved" and order.approved_by_id == boss.id


def test_a_change_takes_an_approval_back(scene: Scene) -> None:
    order = scene.ordered()
    line = order.lines.get()
    changed = change_line(actor=scene.buyer, order=order, line=line, quantity=Decimal(300), unit_price=Decimal(99), at=timezone.now())
    assert changed.net == 29_700 and changed.state == "draft"
    for quantity, price in ((0, 1), (1, 0)):
        with pytest.raises(LineUnfit):
            change_line(actor=scene.buyer, order=order, line=line, quantity=Decimal(quantity), unit_price=Decimal(price), at=timezone.now())


def test_a_line_of_another_order_is_not_changed(scene: Scene) -> None:
    order, other = scene.ordered(), scene.ordered()
    with pytest.raises(LineUnfit):
        change_line(actor=scene.buyer, order=order, line=other.lines.get(), quantity=Decimal(1), unit_price=Decimal(1), at=timezone.now())


def test_a_sent_order_is_not_changed_any_more(scene: Scene) -> None:
    order = scene.sent()
    with pytest.raises(NotInThisState):
        change_line(actor=scene.buyer, order=order, line=order.lines.get(), quantity=Decimal(1), unit_price=Decimal(1), at=timezone.now())


def test_a_cancelled_order_makes_its_demands_short_again(scene: Scene) -> None:
    demand = scene.short()
    order = scene.sent(demand)
    with pytest.raises(ReasonNeeded):
        cancel(actor=scene.buyer, order=order, reason=" ", at=timezone.now())
    cancel(actor=scene.buyer, order=order, reason="no longer made", at=timezone.now())
    assert state_of(demand) == "short" and holds()
    with pytest.raises(NotInThisState):
        cancel(actor=scene.buyer, order=order, reason="again", at=timezone.now())


def test_the_rest_of_an_order_is_closed_and_who_still_waits_is_short_again(scene: Scene) -> None:
    first, second = scene.short(1, needed_by=in_days(1)), scene.short(1, needed_by=in_days(2))
    order = scene.sent(first, second)
    with pytest.raises(NotInThisState):
        close(actor=scene.buyer, order=order, reason="x", at=timezone.now())
    scene.passed(scene.received(order, 1))
    close(actor=scene.buyer, order=order, reason="rest comes no more", at=timezone.now())
    assert (state_of(first), state_of(second)) == ("reserved", "short") and holds()


def test_buying_is_the_buyers_work(scene: Scene) -> None:
    demand = scene.short()
    with pytest.raises(NoRight):
        order_demands(actor=scene.keeper, demands=[demand], at=timezone.now())
    order = scene.ordered(demand)
    with pytest.raises(NoRight):
        cancel(actor=scene.keeper, order=order, reason="x", at=timezone.now())
    assert state_of(demand) == "ordered"
