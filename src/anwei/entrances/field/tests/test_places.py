"""Today, scan, my parts, unsent, more."""

import pytest
from django.test import Client

from anwei.workorders.orders.models import WorkOrder
from tests.journeys.company import Company
from tests.journeys.visit import go_to_work

pytestmark = pytest.mark.django_db


def test_an_empty_day_says_so_and_what_happens_next(phone: Client) -> None:
    answer = phone.get("/field/")
    assert answer.status_code == 200
    assert 'class="empty"' in answer.content.decode()


def test_the_next_job_shows_where_what_until_when_and_one_button(phone: Client, company: Company, sent: WorkOrder) -> None:
    page = phone.get("/field/").content.decode()
    assert company.device.hospital.name in page and company.device.serial in page and sent.number in page
    assert 'href="tel:13800000417"' in page and 'href="geo:0,0?q=' in page
    assert f'action="/field/job/{sent.pk}/move/accept/"' in page and page.count('class="btn primary') == 1


def test_a_job_under_way_leads_to_itself(phone: Client, company: Company, sent: WorkOrder) -> None:
    go_to_work(company, sent)
    page = phone.get("/field/").content.decode()
    assert f'<a class="btn primary big" href="/field/job/{sent.pk}/"' in page


def test_the_day_of_somebody_else_is_not_shown(company: Company, sent: WorkOrder, client: Client) -> None:
    client.force_login(company.users["dana"])
    assert client.get("/field/").status_code == 403


def test_a_scan_finds_the_job_on_the_device_and_nothing_else(phone: Client, company: Company, sent: WorkOrder) -> None:
    for code in (company.sticker.code, company.device.serial.lower(), company.device.number):
        assert phone.get("/field/scan/", {"code": code}).headers["Location"] == f"/field/job/{sent.pk}/"
    other = phone.get("/field/scan/", {"code": "LB-nowhere"})
    assert other.status_code == 200 and "LB-nowhere" in other.content.decode()


def test_the_van_lists_what_lies_in_it(phone: Client, company: Company) -> None:
    page = phone.get("/field/van/").content.decode()
    assert "FS-1" in page and company.part.number in page


@pytest.mark.parametrize("place", ["outbox", "more"])
def test_the_other_places_open(phone: Client, place: str) -> None:
    assert phone.get(f"/field/{place}/").status_code == 200


def test_an_engineer_begins_with_the_day(phone: Client) -> None:
    assert phone.get("/").headers["Location"] == "/field/"
