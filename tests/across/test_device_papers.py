"""What goes along with a device that changes hands: what every app keeps about it, and nothing of the people who reported."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from anwei.core.registers import registers
from anwei.equipment.contracts.tests.factory import make_contract
from anwei.equipment.devices.operations import amend, transfer
from anwei.equipment.devices.queries import papers
from anwei.equipment.devices.tests.factory import make_device, make_hospital
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.accounts.tests.factory import make_user
from anwei.workorders.quality.operations import deliver_report
from tests.journeys.company import Company, make_company
from tests.journeys.stages import WORK_DONE, released

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("test")
KEYS = ("contracts", "service_records", "readings", "parts_fitted", "releases", "reports")


@pytest.fixture
def company() -> Company:
    """A company that has repaired a device once, released it and delivered its report."""
    made = make_company()
    amend(actor=SYSTEM, device=made.device, has_no_udi=True, at=timezone.now())
    order = released(made)
    deliver_report(actor=made.actor("quinn"), order=order, at=timezone.now(), site="https://anwei.example")
    return made


def test_a_repaired_device_takes_everything_along(company: Company) -> None:
    make_contract(company.device, tier="silver")
    found = papers(company.device)
    assert {s.key for s in registers.papers} == set(KEYS)
    assert all(found[key] for key in KEYS)
    (record,), (report,) = found["service_records"], found["reports"]
    assert record["work_done"] == WORK_DONE
    assert report["order"] == record["number"]
    assert len(report["file_sha256"]) == 64
    assert found["releases"][-1]["verdict"] == "released"
    assert "silver" in [contract["tier"] for contract in found["contracts"]]
    assert json.loads(json.dumps(found)) == found


def test_who_reported_and_what_was_paid_stay_behind(company: Company) -> None:
    told = json.dumps(papers(company.device), ensure_ascii=False)
    order = next(iter(papers(company.device)["service_records"]))
    assert "reporter" not in told
    assert not {"price", "gross", "net"} & set(order)


def test_a_device_takes_nothing_of_another_along(company: Company) -> None:
    other = make_device(company.device.hospital)
    assert not any(papers(other)[key] for key in KEYS)


def test_the_transfer_keeps_them_and_the_pages_name_them(company: Company, client: Client) -> None:
    client.force_login(make_user("max", "service_manager"))
    page = client.get(reverse("devices:transfer", args=[company.device.pk])).content.decode()
    assert "维修记录 1" in page
    assert "服务报告 1" in page
    transfer(actor=SYSTEM, device=company.device, hospital=make_hospital("广州一院"), reason="协议", at=timezone.now())
    event: Any = company.device.events.get(kind="transferred")
    assert [len(event.details["papers"][key]) > 0 for key in KEYS[1:]] == [True] * 5
    page = client.get(reverse("devices:device", args=[company.device.pk])).content.decode()
    assert page.count("维修记录 1") == 2  # in the card of papers, and in what happened
