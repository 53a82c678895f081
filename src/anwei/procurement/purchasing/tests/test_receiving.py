"""Receiving and inspecting: partial, too much, the wrong thing, expired; and who is served."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from anwei.core.errors import NoRight, NotFound
from anwei.core.registers import registers
from anwei.foundation.accounts.tests.factory import make_actor
from anwei.foundation.audit.models import Deed
from anwei.foundation.branches.tests.factory import make_branch
from anwei.inventory.stock.errors import SerialElsewhere
from anwei.inventory.stock.models import Balance
from anwei.inventory.stock.queries import available
from anwei.inventory.stock.tests.factory import make_place
from anwei.procurement.purchasing.errors import (
    BoxJudged,
    CheckFailed,
    ExpiredOnArrival,
    JudgeWholeBox,
    NoLines,
    NotInThisState,
    NotOnThisOrder,
    OverDelivery,
    StoreNeeded,
)
from anwei.procurement.purchasing.models import Inspection, OrderLine, PurchaseOrder, ReceiptLine
from anwei.procurement.purchasing.operations import Box, Judged, inspect, receive, send_back
from anwei.procurement.purchasing.tests.factory import Scene, make_scene

pytestmark = pytest.mark.django_db
GTIN = "09506000134352"


@pytest.fixture
def scene() -> Scene:
    return make_scene()


def holds() -> bool:
    return all(not i.broken() for i in registers.invariants)


def line_of(order: PurchaseOrder) -> OrderLine:
    return order.lines.get()


def test_what_came_lies_in_quarantine_until_it_is_inspected(scene: Scene) -> None:
    demand = scene.short(2)
    order = scene.sent(demand)
    receipt = scene.received(order, 2)
    order.refresh_from_db()
    assert order.state == "received" and available(scene.part, scene.store) == 0
    assert Balance.objects.get(place__kind="quarantine").quantity == 2 and receipt.number.startswith("SH-GR") and holds()
    scene.passed(receipt)
    demand.refresh_from_db()
    assert demand.state == "reserved" and demand.held_at == scene.store and holds()


def test_putting_away_serves_who_waits_in_the_same_deed(scene: Scene) -> None:
    demand = scene.short()
    scene.passed(scene.received(scene.sent(demand)))
    deed = Deed.objects.filter(verb="purchasing.inspect").get()
    assert "demands.served" in deed.words


def test_a_delivery_may_come_in_parts(scene: Scene) -> None:
    order = scene.sent(scene.short(3))
    for quantity, state in ((1, "part_received"), (2, "received")):
        scene.passed(scene.received(order, quantity))
        order.refresh_from_db()
        assert order.state == state
    assert line_of(order).accepted == 3 and holds()


def test_a_label_fills_lot_serial_and_expiry() -> None:
    scene = make_scene(tracking="serial", udi_di=GTIN, expires=True)
    order = scene.sent()
    scene.received(order, 1, scan=f"(01){GTIN}(17)290131(10)LOT7(21)s-9")
    box = ReceiptLine.objects.get()
    assert (box.serial, box.lot, box.expires_on) == ("S-9", "LOT7", date(2029, 1, 31)) and holds()


def test_the_label_of_another_part_is_refused() -> None:
    scene = make_scene(udi_di=GTIN)
    with pytest.raises(NotOnThisOrder):
        scene.received(scene.sent(), 1, scan="(01)00614141999996(21)1")
    assert not ReceiptLine.objects.exists()


def test_more_than_was_ordered_is_refused_unless_tolerated(scene: Scene) -> None:
    order = scene.sent(scene.short(10))
    with pytest.raises(OverDelivery):
        scene.received(order, 11)
    with pytest.raises(OverDelivery):  # two boxes of one line count together
        boxes = [Box(line_of(order), Decimal(6)), Box(line_of(order), Decimal(5))]
        receive(actor=scene.keeper, order=order, boxes=boxes, at=timezone.now())
    assert line_of(order).received == 0 and Balance.objects.filter(quantity__gt=0).count() == 0


def test_tolerance_of_the_order_lets_a_little_more_in(scene: Scene) -> None:
    from anwei.foundation.accounts.queries import system_actor
    from anwei.foundation.definitions.models import Definition
    from anwei.foundation.definitions.operations import draft, publish
    from anwei.procurement.purchasing.queries import rules_now

    body = rules_now().body | {"over_delivery_percent": "10"}
    system = system_actor("test")
    draft(actor=system, kind="purchase_rules", key="standard", name_zh="采购规则", name_en="Purchase rules", body=body)
    publish(actor=system, definition=Definition.objects.get(kind="purchase_rules"), at=timezone.now())
    order = scene.sent(scene.short(10))
    scene.passed(scene.received(order, 11))
    with pytest.raises(NotInThisState):
        scene.received(order, 1)
    assert line_of(order).accepted == 11 and holds()


def test_nothing_is_received_for_an_order_that_was_not_sent(scene: Scene) -> None:
    order = scene.ordered()
    with pytest.raises(NotInThisState):
        scene.received(order)
    with pytest.raises(NoLines):
        receive(actor=scene.keeper, order=scene.sent(), boxes=[], at=timezone.now())


def test_a_line_of_another_order_is_refused(scene: Scene) -> None:
    order, other = scene.sent(), scene.sent()
    with pytest.raises(NotOnThisOrder):
        receive(actor=scene.keeper, order=order, boxes=[Box(line_of(other), Decimal(1))], at=timezone.now())


def test_the_same_serial_number_does_not_come_twice() -> None:
    scene = make_scene(tracking="serial")
    order = scene.sent(scene.short(1), scene.short(1))
    scene.received(order, 1, serial="S-1")
    with pytest.raises(SerialElsewhere):
        scene.received(order, 1, serial="s-1")
    assert line_of(order).received == 1


def test_the_inspection_keeps_every_fact_of_that_day(scene: Scene) -> None:
    """C15: article 32 of the measures of 2022."""
    receipt = scene.received(scene.sent())
    facts: dict[str, Any] = {
        "registration_number": "国械注准1",
        "registrant": "R",
        "manufacturer": "M",
        "maker_licence": "L",
        "note": " ok ",
    }
    scene.passed(receipt, **facts)
    kept = Inspection.objects.get()
    assert (kept.registration_number, kept.registrant, kept.manufacturer, kept.maker_licence, kept.note) == (
        "国械注准1",
        "R",
        "M",
        "L",
        "ok",
    )
    assert kept.name == scene.part.name_zh and kept.supplier_name == scene.supplier.organisation.name and kept.by_id == scene.keeper.id
    assert kept.quantity == 1 and kept.bought_on == timezone.localdate() and all(kept.checks.values())


def test_nothing_is_accepted_that_failed_a_check_or_was_not_checked(scene: Scene) -> None:
    receipt = scene.received(scene.sent())
    for checks in ({}, {"packaging": True}):
        with pytest.raises(CheckFailed):
            scene.passed(receipt, checks=checks)
    assert available(scene.part, scene.store) == 0


def test_what_has_expired_is_not_accepted() -> None:
    scene = make_scene(tracking="lot", expires=True)
    receipt = scene.received(scene.sent(), 1, lot="L1", expires_on=timezone.localdate() - timedelta(1))
    with pytest.raises(ExpiredOnArrival):
        scene.passed(receipt)
    scene.passed(receipt, rejected=1)
    assert holds()


def test_rejected_pieces_are_set_aside_owed_again_and_go_back(scene: Scene) -> None:
    order = scene.sent(scene.short(3))
    scene.passed(scene.received(order, 3), rejected=1, note="dented")
    order.refresh_from_db()
    assert order.state == "part_received" and line_of(order).progress.outstanding == 1
    assert Balance.objects.get(place__kind="defective").quantity == 1
    inspection = Inspection.objects.get()
    send_back(actor=scene.keeper, inspection=inspection, at=timezone.now())
    assert Balance.objects.get(place__kind="defective").quantity == 0 and holds()
    with pytest.raises(NotInThisState):
        send_back(actor=scene.keeper, inspection=inspection, at=timezone.now())
    scene.passed(scene.received(order, 1))
    order.refresh_from_db()
    assert order.state == "received" and holds()


def test_a_box_is_judged_whole_and_once(scene: Scene) -> None:
    receipt = scene.received(scene.sent(scene.short(2)), 2)
    box = receipt.lines.get()
    for accepted, rejected in ((1, 0), (3, -1), (2, 1)):
        with pytest.raises(JudgeWholeBox):
            judged = Judged(box, Decimal(accepted), Decimal(rejected))
            inspect(actor=scene.keeper, receipt=receipt, judged=[judged], at=timezone.now())
    scene.passed(receipt)
    with pytest.raises(BoxJudged):
        scene.passed(receipt)
    with pytest.raises(NoLines):
        inspect(actor=scene.keeper, receipt=receipt, judged=[], at=timezone.now())
    assert Inspection.objects.count() == 1


def test_a_box_of_another_delivery_is_not_judged_here(scene: Scene) -> None:
    one, other = scene.received(scene.sent()), scene.received(scene.sent())
    judged = Judged(other.lines.get(), Decimal(1))
    with pytest.raises(NotOnThisOrder):
        inspect(actor=scene.keeper, receipt=one, judged=[judged], at=timezone.now())
    assert not Inspection.objects.exists()


def test_it_is_put_away_in_a_bin_of_the_same_branch(scene: Scene) -> None:
    shelf = make_place("bin", "A-1", parent=scene.store)
    far = make_place("store", "Far", branch=make_branch("BJ"))
    receipt = scene.received(scene.sent())
    with pytest.raises(StoreNeeded):
        scene.passed(receipt, target=far)
    scene.passed(receipt, target=shelf)
    assert Balance.objects.get(place=shelf).quantity == 1


def test_who_receives_and_inspects(scene: Scene) -> None:
    order = scene.sent()
    with pytest.raises(NoRight):
        receive(actor=scene.buyer, order=order, boxes=[Box(line_of(order), Decimal(1))], at=timezone.now())
    stranger = make_actor("sam", "storekeeper", branch=make_branch("BJ").pk)
    with pytest.raises(NotFound):
        receive(actor=stranger, order=order, boxes=[Box(line_of(order), Decimal(1))], at=timezone.now())
    receipt = scene.received(order)
    with pytest.raises(NoRight):
        inspect(actor=scene.buyer, receipt=receipt, judged=[Judged(receipt.lines.get(), Decimal(1))], at=timezone.now())
