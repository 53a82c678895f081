"""Sending orders, asking where they are, noting promises."""

from datetime import timedelta

import pytest
from django.utils import timezone

from anwei.core.errors import NoRight
from anwei.foundation.files.operations import content_of
from anwei.foundation.notices.models import Mail
from anwei.procurement.purchasing.errors import AboveTheLimit, NoLines, NotInThisState, PromiseInThePast, SupplierBlocked
from anwei.procurement.purchasing.models import PurchaseOrder
from anwei.procurement.purchasing.operations import chase, promise, send, send_together
from anwei.procurement.purchasing.tests.factory import Scene, make_scene
from anwei.procurement.suppliers.models import Licence
from anwei.procurement.suppliers.operations import admit, withdraw_licence

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return make_scene()


def test_an_order_is_sent_once_with_its_paper(scene: Scene) -> None:
    order = scene.sent()
    assert order.state == "sent" and order.file is not None and order.file.name == f"{order.number}.pdf"
    assert content_of(order.file).startswith(b"%PDF")
    mail = Mail.objects.get()
    assert mail.to == ["sales@example.org"] and order.number in mail.subject and list(mail.attachments.all()) == [order.file]
    with pytest.raises(NotInThisState):
        send(actor=scene.buyer, order=order, at=timezone.now())


def test_a_licence_that_ended_meanwhile_stops_the_order(scene: Scene) -> None:
    """C19: checked again on the day it is sent."""
    order = scene.ordered()
    withdraw_licence(actor=scene.buyer, licence=Licence.objects.get(), reason="revoked", at=timezone.now())
    with pytest.raises(SupplierBlocked):
        send(actor=scene.buyer, order=order, at=timezone.now())
    order.refresh_from_db()
    assert order.state == "approved" and order.file is None


def test_above_the_limit_nothing_is_sent_unapproved(scene: Scene) -> None:
    order = scene.ordered(scene.short(201))
    with pytest.raises(AboveTheLimit):
        send(actor=scene.buyer, order=order, at=timezone.now())


def test_several_are_sent_together_or_none(scene: Scene) -> None:
    good, large = scene.ordered(), scene.ordered(scene.short(201))
    with pytest.raises(AboveTheLimit):
        send_together(actor=scene.buyer, orders=[good, large], at=timezone.now())
    assert set(PurchaseOrder.objects.values_list("state", flat=True)) == {"approved", "draft"}
    sent = send_together(actor=scene.buyer, orders=[good], at=timezone.now())
    assert [order.state for order in sent] == ["sent"]
    with pytest.raises(NoLines):
        send_together(actor=scene.buyer, orders=[], at=timezone.now())


def test_a_supplier_is_asked_and_promises(scene: Scene) -> None:
    order, today = scene.sent(), timezone.localdate()
    chase(actor=scene.buyer, order=order, note=" where? ", at=timezone.now())
    assert Mail.objects.filter(body__contains="where?").count() == 1
    promise(actor=scene.buyer, order=order, promised_on=today + timedelta(9), note="strike", at=timezone.now())
    order.refresh_from_db()
    assert order.promised_on == today + timedelta(9) and order.chased_at is not None
    assert list(order.chases.order_by("pk").values_list("note", "promised_on")) == [("where?", None), ("strike", today + timedelta(9))]


def test_no_promise_for_a_day_that_is_over(scene: Scene) -> None:
    order = scene.sent()
    with pytest.raises(PromiseInThePast):
        promise(actor=scene.buyer, order=order, promised_on=timezone.localdate() - timedelta(1), at=timezone.now())
    assert not order.chases.exists()


def test_what_is_not_sent_is_not_chased(scene: Scene) -> None:
    order = scene.ordered()
    with pytest.raises(NotInThisState):
        chase(actor=scene.buyer, order=order, at=timezone.now())
    with pytest.raises(NotInThisState):
        promise(actor=scene.buyer, order=order, promised_on=timezone.localdate(), at=timezone.now())


def test_sending_is_the_buyers_work(scene: Scene) -> None:
    order = scene.ordered()
    for op in (send, chase):
        with pytest.raises(NoRight):
            op(actor=scene.keeper, order=order, at=timezone.now())


def test_without_an_address_the_order_is_sent_on_paper_only(scene: Scene) -> None:
    admit(actor=scene.buyer, organisation=scene.supplier.organisation, email="")
    assert scene.sent().state == "sent" and not Mail.objects.exists()
