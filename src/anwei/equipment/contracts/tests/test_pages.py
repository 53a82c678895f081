from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from anwei.equipment.contracts.models import Contract
from anwei.equipment.contracts.tests.factory import make_contract
from anwei.equipment.devices.tests.factory import make_device, make_hospital
from anwei.foundation.accounts.tests.factory import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(client: Client) -> Client:
    """The browser of a service manager."""
    client.force_login(make_user("max", "service_manager"))
    return client


def test_a_contract_is_entered_with_devices_pasted_by_number_or_serial(manager: Client) -> None:
    one, two = make_device(serial="LB60-23A0417"), make_device()
    typed = {
        "customer": "武汉市第一", "scheme": "full", "tier": "gold", "starts_on": "2026-01-01", "ends_on": "2026-12-31",
        "devices": f"lb60-23a0417\n{two.number.lower()}，{two.number}", "excluded_groups": ["battery"],
    }  # fmt: skip
    answer = manager.post(reverse("contracts:sign"), typed)
    contract = Contract.objects.get()
    assert answer["Location"] == reverse("contracts:contract", args=[contract.pk])
    assert set(contract.covered.values_list("device", flat=True)) == {one.pk, two.pk}
    content = manager.get(answer["Location"]).content.decode()
    for text in ("全保", "金牌", "电池", "LB60-23A0417"):
        assert text in content


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"devices": "NO-SUCH"}, "找不到设备"),
        ({"devices": ""}, "请写明保障哪些设备"),
        ({"ends_on": "2025-01-01"}, "不成立"),
        ({"tier": "platinum"}, "platinum"),
        ({"customer": "无此客户"}, "这里没有叫"),
    ],
)
def test_what_cannot_be_entered_is_told_and_the_typed_text_kept(manager: Client, changed: dict[str, str], said: str) -> None:
    device = make_device()
    typed = {
        "customer": device.hospital.name, "scheme": "full", "tier": "gold", "starts_on": "2026-01-01", "ends_on": "2026-12-31",
        "devices": device.number, "title": "呼吸机全保 2026",
    } | changed  # fmt: skip
    answer = manager.post(reverse("contracts:sign"), typed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "呼吸机全保 2026" in answer.content.decode()
    assert not Contract.objects.exists()


def test_devices_are_added_and_a_contract_is_ended_on_its_pages(manager: Client) -> None:
    contract, more = make_contract(make_device()), make_device()
    assert manager.post(reverse("contracts:cover", args=[contract.pk]), {"devices": more.serial}).status_code == 302
    assert contract.covered.count() == 2
    assert manager.post(reverse("contracts:end", args=[contract.pk]), {"ended_on": "2026-10-31", "reason": "解约"}).status_code == 302
    contract.refresh_from_db()
    assert contract.last_day == date(2026, 10, 31)
    assert "解约" in manager.get(reverse("contracts:contract", args=[contract.pk])).content.decode()


def test_customers_are_suggested(manager: Client) -> None:
    make_hospital("武汉市第一医院")
    assert "武汉市第一医院" in manager.get(reverse("contracts:customer_options"), {"customer": "wh"}).content.decode()


def test_who_may_open_contracts(client: Client) -> None:
    contract = make_contract(make_device())
    urls = [reverse("contracts:list"), reverse("contracts:contract", args=[contract.pk]), reverse("contracts:sign")]

    def statuses(role: str, **rows: object) -> list[int]:
        client.force_login(make_user(f"u-{role}", role, **rows))  # type: ignore[arg-type]
        return [client.get(url).status_code for url in urls]

    assert [client.get(url).status_code for url in urls] == [302, 302, 302]
    assert statuses("service_manager") == [200, 200, 200]
    assert statuses("dispatcher", branch=contract.branch_id) == [200, 200, 403]
    assert statuses("intake_clerk") == [200, 404, 403]
    assert statuses("storekeeper", branch=contract.branch_id) == [403, 403, 403]


def test_an_engineer_reads_the_answer_but_opens_no_contract(client: Client) -> None:
    device = make_device()
    contract = make_contract(device, ends_on=date(2099, 12, 31))
    client.force_login(make_user("fred", "field_engineer", device=device.pk))
    content = client.get(reverse("contracts:coverage", args=[device.pk])).content.decode()
    assert contract.number in content
    assert reverse("contracts:contract", args=[contract.pk]) not in content


def test_a_coverage_panel_says_by_what_and_why(manager: Client) -> None:
    device = make_device(warranty_until=date(2020, 3, 17))
    make_contract(device, ends_on=date(2099, 12, 31))
    content = manager.get(reverse("contracts:coverage", args=[device.pk])).content.decode()
    for text in ("在保，合同保障", "SH-C2611-0001", "2099-12-31", "厂家保修已于 2020-03-17 到期"):
        assert text in content
    assert "谁付款" in manager.get(reverse("contracts:coverage_cell", args=[device.pk])).content.decode()


def test_who_pays_for_a_device_is_not_told_to_who_may_not_see_it(client: Client) -> None:
    device = make_device()
    client.force_login(make_user("fred", "field_engineer"))
    for name in ("coverage", "coverage_cell"):
        assert client.get(reverse(f"contracts:{name}", args=[device.pk])).status_code == 404
