"""The pages of settlement."""

import pytest
from django.test import Client
from django.urls import reverse

from anwei.equipment.devices.tests.factory import make_device
from anwei.finance.settlement.tests.factory import make_settlement
from anwei.foundation.accounts.tests.factory import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def fay(client: Client) -> Client:
    """The browser of a finance clerk."""
    client.force_login(make_user("fay", "finance_clerk"))
    client.post("/language/", {"language": "en"})
    return client


def test_an_open_payer_is_red_and_cannot_be_confirmed_by_a_button(fay: Client) -> None:
    settlement = make_settlement(make_device(), payer="open")
    listed = fay.get(reverse("settlement:list")).content.decode()
    page = fay.get(reverse("settlement:settlement", args=[settlement.pk])).content.decode()
    assert "Payer open" in listed and "pill red" in listed
    assert "It is not known what covered the device" not in page and "There was neither warranty nor contract." in page
    assert reverse("settlement:confirm", args=[settlement.pk]) not in page
    refused = fay.post(reverse("settlement:confirm", args=[settlement.pk]))
    assert refused.status_code == 409 and "every line must have a payer" in refused.content.decode()


def test_a_payer_is_changed_with_a_reason_and_the_settlement_confirmed(fay: Client) -> None:
    settlement = make_settlement(make_device(), payer="open")
    for line in settlement.lines.all():
        url = reverse("settlement:payer", args=[settlement.pk, line.pk])
        bare = fay.post(url, {"payer": "hospital", "reason": ""})
        assert bare.status_code == 422
        assert fay.post(url, {"payer": "hospital", "reason": "院方同意"}).status_code == 302
    assert fay.post(reverse("settlement:confirm", args=[settlement.pk])).status_code == 302
    page = fay.get(reverse("settlement:settlement", args=[settlement.pk])).content.decode()
    assert "院方同意" in page and "Confirmed by Fay" in page


def test_who_may_not_read_money_sees_neither_page_nor_panel(client: Client) -> None:
    settlement = make_settlement(make_device())
    for role in ("dispatcher", "quality_officer", "field_engineer"):
        client.force_login(make_user(role, role, branch=settlement.order.branch_id))
        assert client.get(reverse("settlement:settlement", args=[settlement.pk])).status_code == 403
        assert client.get(reverse("settlement:on_order", args=[settlement.order_id])).status_code == 403


def test_the_panel_of_an_order_says_who_pays(fay: Client) -> None:
    settlement = make_settlement(make_device())
    panel = fay.get(reverse("settlement:on_order", args=[settlement.order_id])).content.decode()
    assert "Hospital" in panel
