"""The pages of billing."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from anwei.equipment.devices.models import Device
from anwei.equipment.devices.tests.factory import make_device
from anwei.finance.billing.models import Invoice
from anwei.finance.billing.operations import invoice
from anwei.finance.settlement.tests.factory import make_settlement
from anwei.foundation.accounts.models import User
from anwei.foundation.accounts.queries import actor_for
from anwei.foundation.accounts.tests.factory import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def fay(client: Client) -> Client:
    """The browser of a finance clerk."""
    client.force_login(make_user("fay", "finance_clerk"))
    client.post("/language/", {"language": "en"})
    return client


def bill(device: Device) -> Invoice:
    actor = actor_for(User.objects.get(username="fay"), "page")
    return invoice(actor=actor, settlement=make_settlement(device, confirmed=True), at=timezone.now())


def test_an_invoice_is_issued_shown_opened_as_paper_and_paid(fay: Client) -> None:
    settlement = make_settlement(make_device(), confirmed=True)
    panel = fay.get(reverse("billing:on_settlement", args=[settlement.pk])).content.decode()
    assert reverse("billing:issue", args=[settlement.pk]) in panel
    fay.post(reverse("billing:issue", args=[settlement.pk]))
    made = Invoice.objects.get()
    url = reverse("billing:invoice", args=[made.pk])
    assert made.number in fay.get(url).content.decode()
    assert fay.get(reverse("files:file", args=[made.file_id])).headers["Content-Type"] == "application/pdf"
    pay = reverse("billing:pay", args=[made.pk])
    much = fay.post(pay, {"amount": made.gross + 1, "reference": "B-1", "method": "transfer"})
    assert much.status_code == 422 and "Nothing was recorded" in much.content.decode() and "B-1" in much.content.decode()
    assert fay.post(pay, {"amount": made.gross, "reference": "B-1", "method": "transfer"}).status_code == 302
    page = fay.get(url).content.decode()
    assert "Paid" in page and "Record the payment" not in page


def test_issued_twice_from_the_page_is_issued_once(fay: Client) -> None:
    settlement = make_settlement(make_device(), confirmed=True)
    for _time in range(2):
        assert fay.post(reverse("billing:issue", args=[settlement.pk])).status_code == 302
    assert Invoice.objects.count() == 1


def test_a_hospital_sees_its_own_invoices_and_no_others(client: Client, fay: Client) -> None:
    made = bill(make_device())
    stranger = Client()
    stranger.force_login(make_user("stranger", "hospital_engineer", side="hospital"))
    owner = Client()
    owner.force_login(make_user("owner", "hospital_engineer", side="hospital", hospital=made.buyer_id))
    url = reverse("billing:invoice", args=[made.pk])
    assert owner.get(url).status_code == 200
    assert stranger.get(url).status_code == 404
    assert stranger.get(reverse("files:file", args=[made.file_id])).status_code == 404
