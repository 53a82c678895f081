"""A scan without login and without script: the form, the report, the status, and codes that report nothing."""

import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from anwei.equipment.devices.operations import revoke
from anwei.equipment.devices.rules import new_code
from anwei.equipment.devices.tests.factory import make_sticker
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.accounts.tests.factory import make_user
from anwei.workorders.intake.models import FaultRequest
from anwei.workorders.intake.tests.factory import make_ward, picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def sticker():
    return make_sticker(make_ward(room="3 床"))


def post(client: Client, sticker, **given):
    return client.post(f"/q/{sticker.code}/", {"request_id": uuid.uuid4(), "symptom": "ven.s2"} | given)


def test_the_form_asks_is_it_this_one_and_offers_six_symptoms_and_more(client, sticker) -> None:
    page = client.get(f"/q/{sticker.code}/").content.decode()
    assert "是这台吗" in page and "LB-V60" in page and "3 床" in page and "400-WH" in page
    first, _mark, rest = page.partition("<details")
    assert first.count('name="symptom"') == 6 and rest.count('name="symptom"') >= 7
    assert "一直报警" in first and 'name="symptom" value="any.smoke"' in rest


def test_only_the_symptom_is_needed(client, sticker) -> None:
    answer = post(client, sticker)
    made = FaultRequest.objects.get()
    assert answer.status_code == 302 and answer["Location"] == f"/s/{made.token}/"
    assert (made.symptom, made.harm, made.device_down, made.phone) == ("ven.s2", "unknown", None, "")
    refused = post(client, sticker, symptom="", phone="138", text="漏气")
    assert refused.status_code == 422 and "138" in refused.content.decode() and "漏气" in refused.content.decode()
    assert FaultRequest.objects.count() == 1


def test_everything_said_is_kept(client, sticker) -> None:
    photo = SimpleUploadedFile("a.jpg", picture(), "image/jpeg")
    post(client, sticker, harm="near", device_down="yes", phone="１３８０", name="周敏", text="自检漏气", photo=photo)
    made = FaultRequest.objects.get()
    assert (made.harm, made.device_down, made.phone, made.name, made.text) == ("near", True, "1380", "周敏", "自检漏气")
    assert made.photos.count() == 1


def test_a_bad_photo_leaves_the_report_and_a_sentence(client, sticker) -> None:
    svg = SimpleUploadedFile("a.jpg", b"<svg xmlns='x'><script>alert(1)</script></svg>", "image/jpeg")
    answer = post(client, sticker, photo=svg)
    assert FaultRequest.objects.count() == 1
    assert "照片没能保存" in client.get(answer["Location"]).content.decode()
    empty = SimpleUploadedFile("a.jpg", b"", "image/jpeg")
    assert post(client, sticker, photo=empty).status_code == 302


def test_a_report_sent_twice_is_one_report(client, sticker) -> None:
    form = {"request_id": str(uuid.uuid4()), "text": "漏气"}
    first, second = post(client, sticker, **form), post(client, sticker, **form)
    assert first["Location"] == second["Location"] and FaultRequest.objects.count() == 1


def test_the_telephone_is_remembered_on_this_phone_alone(client, sticker) -> None:
    post(client, sticker, phone="13800000417")
    assert client.cookies["anwei_reporter"]["httponly"] and client.cookies["anwei_reporter"]["max-age"] > 300 * 24 * 3600
    assert "13800000417" in client.get(f"/q/{sticker.code}/?again").content.decode()
    assert "13800000417" not in Client().get(f"/q/{sticker.code}/?again").content.decode()
    client.cookies["anwei_reporter"] = "forged"
    assert client.get(f"/q/{sticker.code}/?again").status_code == 200


def test_the_same_scan_later_shows_the_status_and_offers_another_report(client, sticker) -> None:
    post(client, sticker, text="王某某 漏气", phone="13800000417", name="周敏")
    page = Client().get(f"/q/{sticker.code}/").content.decode()
    assert "再报一个故障" in page and "?again" in page
    assert not [word for word in ("王某某", "13800000417", "周敏") if word in page]
    assert 'name="symptom"' in client.get(f"/q/{sticker.code}/?again").content.decode()


def seen(answer):
    """Return what a page shows without what differs each time it is drawn."""
    return answer.status_code, re.sub(r'value="[^"]*"|/q/\w+/', "", answer.content.decode())


def test_unknown_and_revoked_codes_answer_alike(client, django_assert_num_queries, sticker) -> None:
    revoked = make_sticker(sticker.device)
    revoke(actor=system_actor("test"), sticker=revoked, at=timezone.now())
    unknown = new_code()
    with django_assert_num_queries(4):
        first = client.get(f"/q/{unknown}/")
    with django_assert_num_queries(4):
        second = client.get(f"/q/{revoked.code}/")
    assert seen(first) == seen(second) and first.status_code == 404
    page = seen(second)[1]
    assert "400-WH" in page and not [word for word in ("LB-V60", "市第一医院", revoked.code, unknown) if word in page]
    assert seen(client.get("/q/%3Cscript%3E/")) == seen(first)
    assert client.post(f"/q/{revoked.code}/", {"symptom": "ven.s2"}).status_code == 404 and not FaultRequest.objects.exists()


def test_a_blank_sticker_is_not_in_use_yet_for_the_public_and_can_be_claimed_by_our_people(client, sticker) -> None:
    blank = make_sticker()
    page = client.get(f"/q/{blank.code}/")
    assert page.status_code == 404 and "还没有启用" in page.content.decode()
    client.force_login(make_user("hanna", "hospital_engineer", side="hospital", hospital=sticker.device.hospital_id))
    assert client.get(f"/q/{blank.code}/").status_code == 404
    client.force_login(make_user("clerk", "intake_clerk", branch=sticker.device.branch_id))
    assert client.get(f"/q/{blank.code}/")["Location"] == f"/portal/claim/{blank.code}/"
    listed = client.get(f"/portal/claim/{blank.code}/", {"q": sticker.device.serial[-4:]}).content.decode()
    assert sticker.device.serial in listed
    form = {"request_id": uuid.uuid4(), "device": str(sticker.device_id)}
    assert client.post(f"/portal/claim/{blank.code}/", form)["Location"] == f"/devices/{sticker.device_id}/"
    blank.refresh_from_db()
    assert blank.device == sticker.device


def test_our_people_are_led_to_the_device_and_strangers_are_not(client, sticker) -> None:
    link = f"/devices/{sticker.device_id}/"
    assert link not in client.get(f"/q/{sticker.code}/").content.decode()
    client.force_login(make_user("clerk", "intake_clerk", branch=sticker.device.branch_id))
    assert link in client.get(f"/q/{sticker.code}/").content.decode()


@pytest.mark.parametrize("bad", ["a\x00b", "\ud800", "x" * 3000, "<script>alert(1)</script>"])
def test_whatever_is_typed_the_page_answers_with_a_sentence(client, sticker, bad) -> None:
    body = f"symptom=ven.s2&request_id={uuid.uuid4()}&text=".encode() + bad.encode("utf-8", "surrogatepass")
    answer = client.post(f"/q/{sticker.code}/", body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in (302, 422)
    assert "<script>alert" not in client.get(f"/q/{sticker.code}/").content.decode()


def test_a_form_from_elsewhere_is_refused(sticker) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"/q/{sticker.code}/", {"symptom": "ven.s2"}).status_code == 403
    page = strict.get(f"/q/{sticker.code}/").content.decode()
    token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[0]
    assert strict.post(f"/q/{sticker.code}/", {"symptom": "ven.s2", "csrfmiddlewaretoken": token}).status_code == 302
