import json
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from anwei.equipment.devices.models import Device
from anwei.equipment.devices.operations import block, install, move
from anwei.equipment.devices.tests.factory import make_device, make_hospital, make_model, make_sticker
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.accounts.tests.factory import make_user
from anwei.foundation.governance.models import Proposal
from anwei.foundation.organisations.operations import add_department

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("test")


def queries_of(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def page_of(device: Device, name: str = "device") -> str:
    return reverse(f"devices:{name}", args=[device.pk])


@pytest.fixture
def steward(client: Client) -> Client:
    """The browser of a data steward."""
    client.force_login(make_user("stella", "data_steward"))
    return client


@pytest.mark.parametrize("address", ["", "?q=LB60&blocked=0&category=ventilator&warranty_from=2020-01-01", "?tab=ending&sort=warranty"])
def test_a_list_of_twenty_asks_as_often_as_one_of_ten(steward: Client, address: str) -> None:
    url = reverse("devices:list") + address
    for _number in range(10):
        make_device(warranty_until=timezone.localdate())
    steward.get(url)
    asked = queries_of(steward, url)
    for _number in range(10):
        make_device(make_hospital(f"医院 {uuid4()}"), warranty_until=timezone.localdate())
    assert queries_of(steward, url) == asked


def test_the_list_finds_filters_and_shows_who_must_not_be_used(steward: Client) -> None:
    one, other = make_device(serial="LB60-23A0417"), make_device(make_hospital("二院"), serial="CM-55120")
    block(actor=SYSTEM, device=one, reason="漏电", at=timezone.now())

    def shown(address: str) -> set[str]:
        content = steward.get(reverse("devices:list") + address).content.decode()
        return {device.serial for device in (one, other) if device.serial in content}

    assert shown("") == {"LB60-23A0417", "CM-55120"}
    assert shown("?q=5512") == {"CM-55120"}
    assert shown("?q=二院") == {"CM-55120"}
    assert shown("?q=whsdyyy") == {"LB60-23A0417"}
    assert shown("?blocked=1") == shown("?tab=blocked") == {"LB60-23A0417"}
    assert shown(f"?hospital={other.hospital_id}") == {"CM-55120"}
    assert shown("?category=ct") == set()


def test_a_hospital_that_one_may_not_see_is_no_filter(client: Client) -> None:
    device, foreign = make_device(), make_hospital("二院")
    client.force_login(make_user("hanna", "hospital_engineer", side="hospital", hospital=device.hospital_id))
    content = client.get(f"{reverse('devices:list')}?hospital={foreign.pk}").content.decode()
    assert "二院" not in content
    assert device.serial in content


def test_the_page_of_a_blocked_device_says_so_first(steward: Client) -> None:
    device = make_device(serial="LB60-23A0417")
    install(actor=SYSTEM, device=device, installed_on=date(2023, 4, 2), at=timezone.now())
    make_sticker(device)
    block(actor=SYSTEM, device=device, reason="潮气量偏低", at=timezone.now())
    content = steward.get(page_of(device)).content.decode()
    for text in ("红 停用", "不能，已停用", "潮气量偏低", "装机验收，开始使用", "LB60-23A0417", "武汉市第一医院"):
        assert text in content
    assert reverse("contracts:coverage", args=[device.pk]) in content
    assert reverse("contracts:coverage_cell", args=[device.pk]) in content


def test_the_tabs_of_a_life_narrow_it(steward: Client) -> None:
    device = make_device()
    block(actor=SYSTEM, device=device, reason="潮气量偏低", at=timezone.now())
    content = steward.get(f"{page_of(device)}?what=place").content.decode()
    assert "登记建档" in content
    assert '<div class="quote">潮气量偏低' not in content


def test_a_long_life_is_folded_until_it_is_asked_for(steward: Client) -> None:
    device = make_device()
    for room in range(65):
        move(actor=SYSTEM, device=device, room=f"第 {room} 床", at=timezone.now())
    assert "第 0 床" not in steward.get(page_of(device)).content.decode()
    assert "第 0 床" in steward.get(f"{page_of(device)}?all").content.decode()


def test_a_device_is_registered_by_what_people_call_things(steward: Client) -> None:
    hospital, model = make_hospital(), make_model()
    add_department(actor=SYSTEM, organisation=hospital, name="重症医学科")
    typed = {"model": "lb-v60", "serial": "LB60-23A0417", "hospital": "武汉市第一", "department": "重症医学科", "request_id": str(uuid4())}
    first, again = (steward.post(reverse("devices:register"), typed) for _time in range(2))
    device = Device.objects.get()
    assert (device.model, device.hospital, device.department and device.department.name) == (model, hospital, "重症医学科")
    assert first["Location"] == again["Location"] == page_of(device)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"serial": "ＬＢ60-23a0417"}, "已登记过"),
        ({"hospital": "无此医院"}, "这里没有叫"),
        ({"hospital": ""}, "这个字段是必填项"),
        ({"department": "无此科室"}, "该医院没有这个科室"),
        ({"serial": "x" * 61}, "60"),
        ({"serial": "a\0b"}, "空字符"),
        ({"purchased_on": "1969-01-01"}, "1970"),
        ({"purchased_on": "2999-01-01"}, "2099"),
        ({"purchased_on": "2098-01-01"}, "日期有矛盾"),
        ({"udi": "(01)06971234500015(21)1"}, "校验位不对"),
        ({"model": "LB-"}, "可能是其中几个"),
    ],
)
def test_what_cannot_be_registered_is_told_in_words_and_the_typed_text_kept(steward: Client, changed: dict[str, str], said: str) -> None:
    make_device(serial="LB60-23A0417")
    make_model("LB-V70")
    typed = {"model": "LB-V60", "serial": "NEW-1", "hospital": "武汉市第一医院", "room": "7 层 3 床"} | changed
    answer = steward.post(reverse("devices:register"), typed)
    content = answer.content.decode()
    assert answer.status_code == 422
    assert said in content
    assert "7 层 3 床" in content
    assert Device.objects.count() == 1


def test_each_deed_has_its_page(steward: Client) -> None:
    device, sticker, today = make_device(), make_sticker(), timezone.localdate().isoformat()
    done = {
        "install": {"installed_on": today, "room": "3 床"},
        "move": {"room": "4 床", "reason": "扩床"},
        "claim": {"code": sticker.code},
        "transfer": {"hospital": make_hospital("二院").name, "reason": "协议"},
        "retire": {"reason": "报废"},
    }
    for name, typed in done.items():
        assert steward.get(page_of(device, name)).status_code == 200
        assert steward.post(page_of(device, name), typed).status_code == 302, name
    assert set(device.events.values_list("kind", flat=True)) >= {"installed", "moved", "stickered", "transferred", "retired"}


def test_details_are_amended_unless_somebody_was_faster(steward: Client) -> None:
    device = make_device()
    seen = steward.get(page_of(device, "amend")).context["form"].initial["seen"]
    typed = {"software": "4.3.1", "seen": seen}
    assert steward.post(page_of(device, "amend"), typed).status_code == 302
    late = steward.post(page_of(device, "amend"), typed | {"software": "4.2"})
    device.refresh_from_db()
    assert (late.status_code, device.software) == (422, "4.3.1")
    assert "4.2" in late.content.decode()


def test_a_correction_becomes_a_proposal_for_somebody_else(steward: Client) -> None:
    device = make_device(serial="LB60-23A417")
    assert steward.post(page_of(device, "correct"), {"reason": "核对"}).status_code == 422
    answer = steward.post(page_of(device, "correct"), {"serial": "LB60-23A0417", "reason": "核对铭牌"})
    proposal = Proposal.objects.get()
    assert answer["Location"] == reverse("governance:proposal", args=[proposal.pk])
    assert proposal.payload == {"device": str(device.pk), "serial": "LB60-23A0417"}
    device.refresh_from_db()
    assert device.serial == "LB60-23A417"


def test_blocks_are_put_and_lifted_on_their_pages(client: Client) -> None:
    device = make_device()
    quinn = make_user("quinn", "quality_officer")
    client.force_login(quinn)
    assert client.post(page_of(device, "block"), {"reason": "漏电"}).status_code == 302
    source = device.blocks.get().source
    url = f"{page_of(device, 'unblock')}?source={source}"
    assert url.replace("&", "&amp;") in client.get(page_of(device)).content.decode()
    assert client.post(url, {"because": ""}).status_code == 422
    assert client.post(url, {"because": "复测合格"}).status_code == 302
    device.refresh_from_db()
    assert not device.is_blocked
    assert client.get(url).status_code == 404


def test_papers_are_handed_out_to_who_may_export(steward: Client, client: Client) -> None:
    device = make_device(serial="LB60-23A0417")
    answer = steward.get(page_of(device, "papers"))
    assert json.loads(answer.content)["device"]["serial"] == "LB60-23A0417"
    assert "attachment" in answer["Content-Disposition"]
    client.force_login(make_user("dana", "dispatcher", branch=device.branch_id))
    assert client.get(page_of(device, "papers")).status_code == 403


@pytest.mark.parametrize(("name", "value"), [("hospital_options", "武汉"), ("model_options", "lb-v"), ("device_options", "0417")])
def test_suggestions_come_while_one_types(steward: Client, name: str, value: str) -> None:
    make_device(serial="LB60-23A0417")
    url = reverse(f"devices:{name}")
    assert "<option" in steward.get(url, {"any_name": value}).content.decode()
    assert steward.get(url, {"any_name": "x"}).content == b""
    assert steward.get(url).content == b""


OPEN: dict[str, tuple[int, ...]] = {
    # list, device, register, move, transfer, block, amend, correct, claim, stickers, models, register_model
    "data_steward": (200, 200, 200, 200, 200, 403, 200, 200, 200, 200, 200, 200),
    "intake_clerk": (200, 200, 200, 200, 403, 200, 200, 200, 200, 403, 200, 403),
    "field_engineer": (200, 200, 403, 200, 403, 200, 403, 403, 200, 403, 200, 403),
    "quality_officer": (200, 200, 403, 403, 403, 200, 403, 403, 403, 403, 200, 403),
    "auditor": (200, 200, 403, 403, 403, 403, 403, 403, 403, 403, 200, 403),
}


@pytest.mark.parametrize("role", OPEN)
def test_who_may_open_which_page(client: Client, role: str) -> None:
    device = make_device()
    of_device = ("device", "move", "transfer", "block", "amend", "correct", "claim")
    names = ("list", "device", "register", "move", "transfer", "block", "amend", "correct", "claim", "stickers", "models", "register_model")
    urls = [page_of(device, name) if name in of_device else reverse(f"devices:{name}") for name in names]
    assert {client.get(url).status_code for url in urls} == {302}
    client.force_login(make_user("u", role, branch=device.branch_id))
    assert tuple(client.get(url).status_code for url in urls) == OPEN[role]


def test_a_device_that_one_may_not_see_is_not_there(client: Client) -> None:
    device = make_device()
    client.force_login(make_user("fred", "field_engineer"))
    given: dict[str, Any] = {"room": "1"}
    assert client.get(page_of(device)).status_code == 404
    assert client.post(page_of(device, "move"), given).status_code == 404
