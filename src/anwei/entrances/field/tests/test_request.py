"""Asking for a part on the phone: by the device's parts, by scan, by number, name and initials."""

from uuid import uuid4

import pytest
from django.test import Client

from anwei.foundation.accounts.queries import system_actor
from anwei.inventory.demands.models import Demand
from anwei.inventory.parts.operations import add_substitute, supersede
from anwei.inventory.parts.tests.factory import make_part
from anwei.inventory.stock.tests.factory import make_place, make_stock
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.visits.models import PartRequest
from tests.journeys.company import Company

pytestmark = pytest.mark.django_db
GTIN = "09506000134352"


def at(order: WorkOrder, path: str = "request/") -> str:
    return f"/field/job/{order.pk}/{path}"


def test_a_part_of_the_device_is_chosen_and_the_repair_waits_for_it(phone: Client, working: WorkOrder) -> None:
    part, other = make_part(categories=["ventilator"]), make_part(categories=["ct"])
    page = phone.get(at(working)).content.decode()
    assert part.number in page and other.number not in page
    form = {"request_id": str(uuid4()), "part": str(part.pk), "quantity": "2", "wait": "wait"}
    assert [phone.post(at(working), form).headers["Location"] for _turn in range(2)] == [at(working, "")] * 2
    request = PartRequest.objects.get()
    assert (request.part, request.quantity, request.demand.state) == (part, 2, "short")
    working.refresh_from_db()
    assert working.state == "waiting_part"
    page = phone.get(at(working, "")).content.decode()
    assert part.number in page and f"request/{request.pk}/cancel/" in page


@pytest.mark.parametrize("words", ["PEEP", "呼气阀", "hqf"])
def test_a_part_is_found_by_number_name_and_initials_in_the_whole_list(phone: Client, working: WorkOrder, words: str) -> None:
    make_part(number="PEEP-77", name_zh="呼气阀", name_en="Exhalation valve", categories=["ct"])
    assert "PEEP-77" in phone.get(at(working), {"q": words}).content.decode()


def test_a_scanned_label_names_the_part_and_work_goes_on(phone: Client, working: WorkOrder) -> None:
    part = make_part(udi_di=GTIN)
    answer = phone.post(at(working), {"scanned": f"(01){GTIN}(10)L1", "quantity": "1", "wait": ""})
    assert answer.status_code == 302 and PartRequest.objects.get().part == part
    working.refresh_from_db()
    assert working.state == "working"


def test_what_is_no_part_is_told_and_what_was_typed_is_kept(phone: Client, working: WorkOrder) -> None:
    for form in ({"scanned": "NOPE-1", "quantity": "1"}, {"part": "x", "quantity": "1"}, {"part": "", "quantity": "many"}):
        answer = phone.post(at(working), form)
        assert answer.status_code == 422 and "data-refusal" in answer.content.decode()
    assert 'value="NOPE-1"' in phone.post(at(working), {"scanned": "NOPE-1", "quantity": "1"}).content.decode()
    assert not PartRequest.objects.exists()


def test_where_pieces_lie_and_what_may_stand_for_a_part_is_offered_with_its_note(
    phone: Client, company: Company, working: WorkOrder
) -> None:
    part, newer, other = (make_part(number=number, categories=["ventilator"]) for number in ("OLD-1", "NEW-1", "LIKE-1"))
    system = system_actor("test")
    supersede(actor=system, part=part, by=newer)
    add_substitute(actor=system, part=part, other=other, note="同尺寸")
    make_stock(other, make_place("store", "Store", branch=company.branch), 3)
    page = phone.get(at(working)).content.decode()
    assert f'value="{newer.pk}:{part.pk}"' in page and f'value="{other.pk}:{part.pk}"' in page and "同尺寸" in page
    phone.post(at(working), {"part": f"{other.pk}:{part.pk}", "quantity": "1", "wait": "wait"})
    request = PartRequest.objects.get()
    assert (request.part, request.instead_of, request.demand.state) == (other, part, "reserved")
    assert "Store" in phone.get(at(working, "")).content.decode()


def test_a_request_is_taken_back_and_waiting_for_nothing_is_refused(phone: Client, working: WorkOrder) -> None:
    part = make_part(categories=["ventilator"])
    phone.post(at(working), {"part": str(part.pk), "quantity": "1", "wait": ""})
    request = PartRequest.objects.get()
    assert phone.post(at(working, f"request/{request.pk}/cancel/")).status_code == 302
    assert Demand.objects.get().state == "cancelled"
    assert phone.post(at(working, "wait-for-part/"), {"request_id": str(uuid4())}).status_code == 422
    assert phone.get(at(working, f"request/{request.pk}/cancel/")).status_code == 404


def test_what_was_asked_for_is_waited_for_later_with_one_tap_more(phone: Client, working: WorkOrder) -> None:
    part = make_part(categories=["ventilator"])
    phone.post(at(working), {"part": str(part.pk), "quantity": "1", "wait": ""})
    assert "wait-for-part/" in phone.get(at(working, "")).content.decode()
    assert phone.post(at(working, "wait-for-part/"), {"request_id": str(uuid4())}).headers["Location"] == "/field/"
    working.refresh_from_db()
    assert working.state == "waiting_part"
    assert phone.post(at(working, "move/resume/")).status_code == 302


def test_the_office_and_the_board_see_what_is_missing(company: Company, phone: Client, working: WorkOrder, client: Client) -> None:
    part = make_part(categories=["ventilator"])
    phone.post(at(working), {"part": str(part.pk), "quantity": "1", "wait": "wait"})
    client.force_login(company.users["dana"])
    assert part.number in client.get(f"/visits/on-order/{working.pk}/").content.decode()
    board = client.get("/dispatch/").content.decode()
    assert f'href="?order={working.pk}"' in board and "0/1" in board
