"""A hospital user: sees their own hospital's rows alone, and reports from their own ledger with the same form."""

import uuid
from datetime import date

import pytest
from django.utils import timezone

from anwei.equipment.contracts.models import Contract
from anwei.equipment.devices.models import Device
from anwei.foundation.accounts.queries import actor_for
from anwei.foundation.accounts.tests.factory import make_user
from anwei.workorders.intake.models import FaultRequest
from anwei.workorders.intake.operations import accept
from anwei.workorders.intake.tests.factory import make_clerk, make_request, make_ward
from anwei.workorders.orders.models import WorkOrder

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(client):
    """Two hospitals with an order each, and a user of the first who is signed in."""
    orders = []
    for code in ("WH", "SH"):
        request = make_request(make_ward(code), name=f"护士{code}")
        orders.append(accept(actor=make_clerk(request.device, f"clerk-{code}"), request=request, at=timezone.now()))
    user = make_user("hanna", "hospital_engineer", side="hospital", hospital=orders[0].hospital_id)
    client.force_login(user)
    return user, *orders


def test_a_hospital_sees_its_own_orders_devices_requests_and_contracts_alone(two) -> None:
    user, mine, _other = two
    actor = actor_for(user, "page")
    for model in (WorkOrder, Device, FaultRequest, Contract):
        rows = model.objects.visible_to(actor)
        foreign = rows.exclude(
            **{{"FaultRequest": "device__hospital", "Contract": "customer"}.get(model.__name__, "hospital"): mine.hospital}
        )
        assert not foreign.exists(), model
    assert WorkOrder.objects.visible_to(actor).get() == mine and FaultRequest.objects.visible_to(actor).count() == 1


def test_its_pages_show_nothing_of_another_hospital(client, two) -> None:
    _user, _mine, other = two
    for address in ("/orders/?tab=all", "/devices/?tab=all", "/intake/?tab=all", "/portal/report/"):
        page = client.get(address)
        assert page.status_code == 200, address
        assert "WH市第一医院" in page.content.decode() and "SH市第一医院" not in page.content.decode(), address
    request = other.requests.get()
    for address in (
        f"/orders/{other.pk}/", f"/devices/{other.device_id}/", f"/intake/{request.pk}/", f"/portal/report/{other.device_id}/",
        f"/intake/on-order/{other.pk}/",
    ):  # fmt: skip
        assert client.get(address).status_code == 404, address


def test_it_takes_nothing_in_and_reads_no_callers(client, two) -> None:
    _user, mine, _other = two
    request = mine.requests.get()
    assert client.post(f"/intake/{request.pk}/accept/", {}).status_code == 403
    assert client.get("/intake/phone/").status_code == 403
    page = client.get(f"/intake/{request.pk}/").content.decode()
    assert "护士WH" not in page and "13800000417" not in page


def test_it_reports_from_its_own_ledger(client, two) -> None:
    _user, mine, _other = two
    url = f"/portal/report/{mine.device_id}/"
    assert 'name="symptom"' in client.get(url).content.decode()
    answer = client.post(url, {"request_id": uuid.uuid4(), "symptom": "ven.s5", "phone": "8012"})
    made = FaultRequest.objects.get(symptom="ven.s5")
    assert answer["Location"] == f"/s/{made.token}/" and (made.door, made.name) == ("portal", "Hanna")


def test_the_form_is_not_for_who_has_no_ledger_of_their_own(client) -> None:
    device = make_ward(warranty_until=date(2030, 1, 1))
    assert client.get(f"/portal/report/{device.pk}/")["Location"].startswith("/login/")
    client.force_login(make_user("clerk", "intake_clerk", branch=device.branch_id))
    assert client.get(f"/portal/report/{device.pk}/").status_code == 403
