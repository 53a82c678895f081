"""The clerk's pages, used without script."""

import uuid
from html import unescape

import pytest
from django.utils import timezone

from anwei.equipment.contracts.queries import coverage
from anwei.foundation.accounts.tests.factory import make_user
from anwei.workorders.intake.models import FaultRequest
from anwei.workorders.intake.operations import accept, urge
from anwei.workorders.intake.tests.factory import make_clerk, make_request, make_ward, picture
from anwei.workorders.orders.models import WorkOrder

pytestmark = pytest.mark.django_db


@pytest.fixture
def device(client):
    device = make_ward()
    client.force_login(make_user("clerk", "intake_clerk", branch=device.branch_id))
    return device


def posted(**given):
    return {"request_id": uuid.uuid4(), "symptom": "ven.s2", "harm": "none", "device_down": "yes", "priority": ""} | given


def test_the_queue_is_the_clerks_home_and_shows_new_requests_with_source_harm_and_age(client, device) -> None:
    request = make_request(device, harm="near")
    assert client.get("/")["Location"] == "/intake/"
    page = client.get("/intake/").content.decode()
    for word in ("一直报警", device.serial, "WH市第一医院", "险些受影响", "已停用", "病区扫码", f"/intake/{request.pk}/"):
        assert word in page, word
    accept(actor=make_clerk(device, "carl"), request=request, at=timezone.now())
    assert f"/intake/{request.pk}/" not in client.get("/intake/").content.decode()
    assert f"/intake/{request.pk}/" in client.get("/intake/?tab=all").content.decode()


def test_a_request_shows_who_which_and_what_with_cover_and_its_photo(client, device) -> None:
    request = make_request(device, text="自检时漏气", photo=picture(), name="周敏")
    page = unescape(client.get(f"/intake/{request.pk}/").content.decode())
    file = request.photos.get().file_id
    for word in ("周敏", "13800000417", "自检时漏气", f"/files/{file}/", device.serial, "按规则：紧急", "受理"):
        assert word in page, word
    answer = coverage(device, timezone.localdate())
    assert str(answer.label) in page and all(str(reason) in page for reason in answer.reasons)
    assert client.get(f"/files/{file}/")["Content-Type"] == "image/jpeg"


def test_a_request_is_taken_in_from_its_page(client, device) -> None:
    request = make_request(device, harm="unknown")
    refused = client.post(f"/intake/{request.pk}/accept/", posted(harm=""))
    assert refused.status_code == 422 and "不能跳过" in refused.content.decode()
    answer = client.post(f"/intake/{request.pk}/accept/", posted())
    order = WorkOrder.objects.get()
    assert answer["Location"] == f"/orders/{order.pk}/" and order.priority == "urgent"
    again = client.post(f"/intake/{request.pk}/accept/", posted())
    assert again.status_code == 422 and "已经答复" in again.content.decode()


def test_a_double_offers_to_join_and_joining_leads_to_the_order(client, device) -> None:
    order = accept(actor=make_clerk(device, "carl"), request=make_request(device), at=timezone.now())
    request = make_request(device)
    page = client.get(f"/intake/{request.pk}/").content.decode()
    assert order.number in page and f"/intake/{request.pk}/join/{order.pk}/" in page
    assert page.count("btn primary") + page.count("btn end primary") == 1
    answer = client.post(f"/intake/{request.pk}/join/{order.pk}/", {"request_id": uuid.uuid4()})
    assert answer["Location"] == f"/orders/{order.pk}/"
    request.refresh_from_db()
    assert request.state == "joined"


@pytest.mark.parametrize(("kind", "state"), [("solve", "solved"), ("decline", "declined")])
def test_a_request_is_answered_without_an_order(client, device, kind, state) -> None:
    request = make_request(device)
    empty = client.post(f"/intake/{request.pk}/answer/", {"request_id": uuid.uuid4(), "kind": kind, "answer": ""})
    assert empty.status_code == 422
    answer = client.post(f"/intake/{request.pk}/answer/", {"request_id": uuid.uuid4(), "kind": kind, "answer": "换了电源线"})
    request.refresh_from_db()
    assert answer["Location"] == "/intake/" and (request.state, request.answer) == (state, "换了电源线")


@pytest.mark.parametrize("words", ["tail", "WH市", "sdyyy"])
def test_a_call_finds_its_device_by_serial_tail_hospital_or_initials(client, device, words) -> None:
    words = device.serial[-4:] if words == "tail" else words
    whole, part = client.get("/intake/phone/", {"q": words}), client.get("/intake/phone/", {"q": words}, headers={"HX-Request": "true"})
    link = f"/intake/phone/{device.pk}/"
    assert link in whole.content.decode() and link in part.content.decode() and "<html" not in part.content.decode()


def test_a_call_is_taken_in_with_one_form(client, device) -> None:
    url = f"/intake/phone/{device.pk}/"
    assert device.serial in client.get(url).content.decode()
    refused = client.post(url, posted(symptom="", phone="8012", text="漏气"))
    assert refused.status_code == 422 and "8012" in refused.content.decode() and not FaultRequest.objects.exists()
    answer = client.post(url, posted(phone="8012", name="徐静", text="漏气", priority="emergency"))
    order = WorkOrder.objects.get()
    assert answer["Location"] == f"/orders/{order.pk}/"
    assert (order.priority, order.reporter_name, order.description, order.state) == ("emergency", "徐静", "漏气", "accepted")


def test_the_rule_follows_what_is_chosen(client, device) -> None:
    page = client.get(f"/intake/urgency/{device.pk}/", {"symptom": "ven.s5", "harm": "harm", "device_down": "no"}).content.decode()
    assert "特急" in page


def test_the_report_stays_on_the_page_of_its_order_and_device(client, device) -> None:
    request = make_request(device, text="自检时漏气", photo=picture())
    order = accept(actor=make_clerk(device, "carl"), request=request, at=timezone.now())
    urge(actor=make_clerk(device, "cleo"), request=request, at=timezone.now())
    panel = client.get(f"/intake/on-order/{order.pk}/").content.decode()
    assert "自检时漏气" in panel and f"/files/{request.photos.get().file_id}/?thumb" in panel and "催过" in panel
    assert f"/intake/{request.pk}/" in client.get(f"/intake/on-device/{device.pk}/").content.decode()


def test_another_branch_and_the_auditor_change_nothing(client, device) -> None:
    request = make_request(device)
    client.force_login(make_user("carl", "intake_clerk", branch=make_ward("SH").branch_id))
    assert client.get(f"/intake/{request.pk}/").status_code == 404
    assert client.post(f"/intake/{request.pk}/accept/", posted()).status_code == 404
    client.force_login(make_user("ingo", "auditor"))
    assert client.get(f"/intake/{request.pk}/").status_code == 200
    assert client.post(f"/intake/{request.pk}/accept/", posted()).status_code == 403
