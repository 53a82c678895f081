"""What stands before the public pages: floods and bodies that are too large."""

from itertools import takewhile

import pytest

from anwei.entrances.portal import shelter
from anwei.equipment.devices.rules import new_code
from anwei.equipment.devices.tests.factory import make_sticker
from anwei.foundation.accounts.tests.factory import make_user
from anwei.workorders.intake.models import FaultRequest
from anwei.workorders.intake.tests.factory import make_ward

pytestmark = pytest.mark.django_db


def test_a_code_that_is_flooded_answers_kindly_and_others_go_on(client) -> None:
    device = make_ward()
    sticker, other = make_sticker(device), make_sticker(device)
    statuses = [client.post(f"/q/{sticker.code}/", {"symptom": "ven.s2"}).status_code for _time in range(12)]
    assert statuses == [302] * 8 + [429] * 4
    assert FaultRequest.objects.count() == 8
    flooded = client.post(f"/q/{sticker.code}/", {"symptom": "ven.s2"})
    assert "400-WH" in flooded.content.decode() and int(flooded["Retry-After"]) > 0
    assert client.post(f"/q/{other.code}/", {"symptom": "ven.s2"}).status_code == 302


def test_who_guesses_codes_is_stopped_by_address(client) -> None:
    looks = (client.get(f"/q/{new_code()}/", REMOTE_ADDR="203.0.113.9").status_code for _time in range(1000))
    statuses = list(takewhile(lambda status: status == 404, looks))
    assert 240 <= len(statuses) < 1000
    assert client.get(f"/q/{new_code()}/", REMOTE_ADDR="203.0.113.9").status_code == 429
    assert client.get(f"/q/{new_code()}/", REMOTE_ADDR="203.0.113.10").status_code == 404


def test_an_address_is_seen_through_our_own_proxies_only(rf, settings) -> None:
    request = rf.get("/", HTTP_X_FORWARDED_FOR="6.6.6.6, 203.0.113.9", REMOTE_ADDR="10.0.0.1")
    assert shelter.address_of(request) == "10.0.0.1"
    settings.AXES_IPWARE_PROXY_COUNT = 1
    assert shelter.address_of(request) == "203.0.113.9"


class Unread:
    """A body that must not be read."""

    def read(self, *_size: int) -> bytes:
        raise AssertionError("the body was read")

    readline = read


@pytest.mark.parametrize("signed_in", [False, True])
def test_a_huge_upload_is_refused_before_any_of_it_is_read(client, signed_in) -> None:
    device = make_ward()
    url = f"/portal/report/{device.pk}/" if signed_in else f"/q/{make_sticker(device).code}/"
    if signed_in:
        client.force_login(make_user("hanna", "hospital_engineer", side="hospital", hospital=device.hospital_id))
    huge = {"CONTENT_LENGTH": "200000000", "wsgi.input": Unread()}
    answer = client.generic("POST", url, b"", content_type="multipart/form-data; boundary=x", **huge)
    assert answer.status_code == 413 and "照片太大" in answer.content.decode()
    assert not FaultRequest.objects.exists()
