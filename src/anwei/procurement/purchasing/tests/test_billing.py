"""Suppliers' invoices: matched three ways, posted to the cent, differences decided by a second person."""

from decimal import Decimal

import pytest
from django.db.models import Sum
from django.utils import timezone

from anwei.core.actor import Actor
from anwei.core.errors import NoRight
from anwei.core.registers import registers
from anwei.foundation.accounts.tests.factory import make_actor
from anwei.foundation.governance.errors import NeedsSecondPerson
from anwei.foundation.governance.operations import approve, propose
from anwei.foundation.ledger.models import Line
from anwei.procurement.purchasing.errors import (
    BillDoesNotAddUp,
    BillExists,
    LineUnfit,
    NoLines,
    NotInThisState,
    OtherBranch,
    OtherSupplier,
    ReasonNeeded,
)
from anwei.procurement.purchasing.models import OrderLine, PurchaseOrder, SupplierInvoice
from anwei.procurement.purchasing.operations import BillLine, accept_difference, enter_invoice, send_invoice_back
from anwei.procurement.purchasing.queries import payable
from anwei.procurement.purchasing.tests.factory import Scene, make_scene
from anwei.procurement.suppliers.tests.factory import make_price, make_supplier

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return make_scene()


def balance(code: str) -> Decimal:
    sums = Line.objects.filter(account__code=code).aggregate(d=Sum("debit"), c=Sum("credit"))
    return (sums["d"] or Decimal(0)) - (sums["c"] or Decimal(0))


def holds() -> bool:
    return all(not i.broken() for i in registers.invariants)


def came(scene: Scene, quantity: int = 2) -> OrderLine:
    """Order, receive and accept pieces; return their line."""
    order = scene.sent(scene.short(quantity))
    scene.passed(scene.received(order, quantity))
    return order.lines.get()


def bill(scene: Scene, line: OrderLine, quantity: int = 2, price: str = "100", number: str = "F-1", **changed: object) -> SupplierInvoice:
    net = Decimal(price) * quantity
    tax = (net * Decimal("0.13")).quantize(Decimal("0.01"))
    given: dict[str, object] = {
        "actor": clerk(), "supplier": scene.supplier, "number": number, "issued_on": timezone.localdate(), "tax": tax, "gross": net + tax,
        "lines": [BillLine(line, Decimal(quantity), Decimal(price))], "at": timezone.now(),
    }  # fmt: skip
    return enter_invoice(**(given | changed))  # type: ignore[arg-type]


def clerk(name: str = "fay") -> Actor:
    from anwei.foundation.accounts.models import User
    from anwei.foundation.accounts.queries import actor_for

    known = User.objects.filter(username=name).first()
    return actor_for(known, "page") if known else make_actor(name, "finance_clerk")


def test_an_invoice_that_agrees_is_posted_to_the_cent(scene: Scene) -> None:
    line = came(scene)
    assert balance("1405") == 200 and balance("220202") == -200
    made = bill(scene, line)
    assert made.state == "posted" and made.differences == []
    assert balance("220202") == 0 and balance("222102") == 26 and balance("1404") == 0 and balance("1405") == 200
    assert payable(scene.supplier.organisation_id) == 226 and (made.due_on - made.issued_on).days == 30
    assert PurchaseOrder.objects.get().state == "closed" and holds()


def test_a_small_difference_goes_to_its_account(scene: Scene) -> None:
    made = bill(scene, came(scene), price="101.50")
    assert made.state == "posted" and balance("1404") == 3 and balance("220202") == 0 and holds()


def test_a_difference_is_named_and_nothing_is_posted(scene: Scene) -> None:
    made = bill(scene, came(scene), price="110")
    assert made.state == "differs" and made.entry is None
    assert [(d["kind"], d["expected"], d["billed"]) for d in made.differences] == [("price", "100", "110")]
    assert payable(scene.supplier.organisation_id) == 0 and holds()


def test_more_than_was_accepted_differs(scene: Scene) -> None:
    order = scene.sent(scene.short(2))
    scene.passed(scene.received(order, 2), rejected=1)
    made = bill(scene, order.lines.get())
    assert [d["kind"] for d in made.differences] == ["quantity"]


def test_parts_of_a_delivery_are_billed_one_after_the_other(scene: Scene) -> None:
    line = came(scene, 3)
    bill(scene, line, 1, number="F-1")
    bill(scene, line, 2, number="F-2")
    assert balance("220202") == 0 and holds()
    assert [d["kind"] for d in bill(scene, line, 1, number="F-3").differences] == ["quantity"]


def test_a_difference_is_accepted_by_a_second_person(scene: Scene) -> None:
    made, boss = bill(scene, came(scene), price="110"), make_actor("max", "service_manager")
    with pytest.raises(NeedsSecondPerson):
        accept_difference(actor=clerk(), invoice=made, at=timezone.now())
    proposal = propose(
        actor=clerk(), verb="purchasing.accept_difference", payload={"invoice": str(made.pk)},
        subject=f"purchasing.SupplierInvoice:{made.pk}", reason="price list of July", at=timezone.now(),
    )  # fmt: skip
    approve(actor=boss, proposal=proposal, at=timezone.now())
    made.refresh_from_db()
    assert made.state == "posted" and made.note == "price list of July"
    assert balance("1404") == 20 and payable(scene.supplier.organisation_id) == Decimal("248.60") and holds()


def test_an_invoice_that_goes_back_may_come_again_under_its_number(scene: Scene) -> None:
    line = came(scene)
    wrong = bill(scene, line, price="110")
    with pytest.raises(BillExists):
        bill(scene, line)
    with pytest.raises(ReasonNeeded):
        send_invoice_back(actor=clerk(), invoice=wrong, reason=" ", at=timezone.now())
    send_invoice_back(actor=clerk(), invoice=wrong, reason="wrong price", at=timezone.now())
    right = bill(scene, line)
    assert right.state == "posted" and holds()
    for invoice in (right, wrong):
        with pytest.raises(NotInThisState):
            send_invoice_back(actor=clerk(), invoice=invoice, reason="x", at=timezone.now())


def test_the_same_invoice_is_posted_once(scene: Scene) -> None:
    line = came(scene)
    bill(scene, line)
    with pytest.raises(BillExists):
        bill(scene, line)
    assert payable(scene.supplier.organisation_id) == 226


def test_what_is_no_invoice_is_refused(scene: Scene) -> None:
    line = came(scene)
    for changed, refusal in (
        ({"gross": Decimal(225)}, BillDoesNotAddUp),
        ({"lines": []}, NoLines),
        ({"lines": [BillLine(line, Decimal(0), Decimal(1))]}, LineUnfit),
        ({"lines": [BillLine(line, Decimal(1), Decimal(100))] * 2}, LineUnfit),
        ({"supplier": make_supplier("Other")}, OtherSupplier),
    ):
        with pytest.raises(refusal):
            bill(scene, line, **changed)
    assert not SupplierInvoice.objects.exists()


def test_orders_of_two_branches_are_entered_apart(scene: Scene) -> None:
    far = make_scene("BJ")
    make_price(scene.supplier, far.part, "50", valid_from=timezone.localdate())
    other = came(far, 1)
    mine = came(scene, 1)
    if other.order.supplier_id != scene.supplier.pk:
        pytest.fail("the cheaper supplier is taken")
    with pytest.raises(OtherBranch):
        bill(scene, mine, lines=[BillLine(mine, Decimal(1), Decimal(100)), BillLine(other, Decimal(1), Decimal(50))])


def test_goods_that_went_back_are_not_cleared(scene: Scene) -> None:
    from anwei.procurement.purchasing.models import Inspection
    from anwei.procurement.purchasing.operations import send_back

    order = scene.sent(scene.short(3))
    scene.passed(scene.received(order, 3), rejected=1)
    send_back(actor=scene.keeper, inspection=Inspection.objects.get(), at=timezone.now())
    bill(scene, order.lines.get(), 2)
    assert balance("220202") == 0 and balance("1405") == 200 and holds()


def test_matching_is_the_finance_clerks_work(scene: Scene) -> None:
    line = came(scene)
    with pytest.raises(NoRight):
        bill(scene, line, actor=scene.buyer)
    made = bill(scene, line, price="110")
    with pytest.raises(NoRight):
        send_invoice_back(actor=scene.buyer, invoice=made, reason="x", at=timezone.now())
