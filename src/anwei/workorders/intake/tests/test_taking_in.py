"""Answering a request: taken in as an order, joined to one, declined, solved; and a call taken in at once."""

import pytest
from django.utils import timezone

from anwei.core.errors import NoRight, NotFound
from anwei.core.flow import ConditionNotMet
from anwei.core.registers import registers
from anwei.equipment.devices.operations import retire
from anwei.equipment.devices.tests.factory import make_device
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.accounts.tests.factory import make_actor
from anwei.foundation.audit.models import Deed
from anwei.workorders.intake.errors import AlreadyAnswered, AnswerMissing, OrderEnded, OtherDevice
from anwei.workorders.intake.models import FaultRequest
from anwei.workorders.intake.operations import accept, decline, join, solve, take_phone_call
from anwei.workorders.intake.tests.factory import make_clerk, make_request, make_ward, picture
from anwei.workorders.orders.errors import DeviceRetired
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.orders.operations import move_by_hand

pytestmark = pytest.mark.django_db


def test_an_accepted_request_is_an_order_with_its_words_and_photos() -> None:
    device = make_ward()
    request = make_request(device, text="自检时漏气", photo=picture())
    order = accept(actor=make_clerk(device), request=request, at=timezone.now())
    request.refresh_from_db()
    assert (request.state, request.order) == ("accepted", order)
    assert (order.state, order.description, order.reporter_phone) == ("accepted", "自检时漏气", "13800000417")
    assert [photo.file for photo in order.photos.all()] == [request.photos.get().file]


def test_without_a_priority_the_rule_decides_and_what_was_asked_replaces_what_was_reported() -> None:
    device = make_ward()
    order = accept(
        actor=make_clerk(device), request=make_request(device), harm="near", symptom="ven.s5", device_down=False, at=timezone.now()
    )
    assert (order.priority, order.harm, order.symptom, order.device_down, order.title) == ("urgent", "near", "ven.s5", False, "漏气")


def test_a_request_is_answered_once() -> None:
    device = make_ward()
    clerk, request, now = make_clerk(device), make_request(device), timezone.now()
    order = accept(actor=clerk, request=request, at=now)
    for again in (
        lambda: accept(actor=clerk, request=request, at=now),
        lambda: decline(actor=clerk, request=request, answer="no", at=now),
        lambda: solve(actor=clerk, request=request, answer="yes", at=now),
        lambda: join(actor=clerk, request=request, order=order, at=now),
    ):
        with pytest.raises(AlreadyAnswered):
            again()
    assert WorkOrder.objects.count() == 1


def test_harm_must_be_answered_before_taking_in() -> None:
    device = make_ward()
    with pytest.raises(ConditionNotMet):
        accept(actor=make_clerk(device), request=make_request(device, harm="unknown"), at=timezone.now())
    assert not WorkOrder.objects.exists() and FaultRequest.objects.get().state == "new"


def test_only_a_clerk_of_the_branch_takes_in() -> None:
    device, other = make_ward("WH"), make_ward("SH")
    request = make_request(device)
    with pytest.raises(NoRight):
        accept(actor=make_actor("dana", "dispatcher", branch=device.branch_id), request=request, at=timezone.now())
    with pytest.raises(NotFound):
        accept(actor=make_clerk(other), request=request, at=timezone.now())


def test_a_second_report_joins_the_order_on_its_device() -> None:
    device = make_ward()
    clerk, now = make_clerk(device), timezone.now()
    order = accept(actor=clerk, request=make_request(device), at=now)
    second = join(actor=clerk, request=make_request(device, photo=picture()), order=order, at=now)
    assert (second.state, second.order) == ("joined", order) and order.photos.count() == 1


def test_a_request_joins_neither_another_device_nor_an_ended_order() -> None:
    device = make_ward()
    clerk, now = make_clerk(device), timezone.now()
    order = accept(actor=clerk, request=make_request(device), at=now)
    with pytest.raises(OtherDevice):
        join(actor=clerk, request=make_request(make_device(device.hospital)), order=order, at=now)
    move_by_hand(actor=clerk, order=order, verb="cancel", fields={"reason": "误报"}, at=now)
    order.refresh_from_db()
    with pytest.raises(OrderEnded):
        join(actor=clerk, request=make_request(device), order=order, at=now)


def test_a_request_is_answered_without_an_order_but_never_in_silence() -> None:
    device = make_ward()
    clerk, now = make_clerk(device), timezone.now()
    assert solve(actor=clerk, request=make_request(device), answer="换了电源线", at=now).state == "solved"
    assert decline(actor=clerk, request=make_request(device), answer="不归我们", at=now).answer == "不归我们"
    for op in (solve, decline):
        with pytest.raises(AnswerMissing):
            op(actor=clerk, request=make_request(device), answer="  ", at=now)


def test_a_call_is_reported_and_taken_in_by_one_deed() -> None:
    device = make_ward()
    order = take_phone_call(
        actor=make_clerk(device), device=device, symptom="ven.s1", harm="harm", device_down=True, phone="8012", at=timezone.now()
    )
    request = FaultRequest.objects.get()
    assert (request.door, request.state, request.order, order.priority) == ("phone", "accepted", order, "emergency")
    deeds = list(Deed.objects.filter(verb__startswith="intake.").values_list("verb", flat=True))
    assert deeds == ["intake.take_phone_call"]


def test_a_call_about_a_retired_device_leaves_nothing_behind() -> None:
    device = make_ward()
    retire(actor=system_actor("test"), device=device, at=timezone.now(), reason="报废")
    with pytest.raises(DeviceRetired):
        take_phone_call(actor=make_clerk(device), device=device, symptom="ven.s1", harm="none", at=timezone.now())
    assert not FaultRequest.objects.exists() and not WorkOrder.objects.exists()


def test_a_photo_is_seen_by_who_sees_its_request() -> None:
    device, other = make_ward("WH"), make_ward("SH")
    file = make_request(device, photo=picture()).photos.get().file
    sees = [any(owns(actor, file.pk) for owns in registers.file_owners) for actor in (make_clerk(device), make_clerk(other, "carl"))]
    assert sees == [True, False]


def test_the_collection_hides_callers_from_who_has_no_right_to_them() -> None:
    resource = registers.resources["fault-requests"]
    names = {f.name: f.right for f in resource.fields}
    assert names["name"] == names["phone"] == names["text"] == "intake.callers"
    assert not make_actor("hanna", "hospital_engineer", side="hospital").may("intake.callers")
