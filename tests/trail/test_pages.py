"""The auditor's pages: all deeds, the whole story of a record, the proof of a deed."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from anwei.equipment.devices.tests.factory import make_device
from anwei.finance.settlement.operations import choose_payer
from anwei.finance.settlement.tests.factory import make_settlement
from anwei.foundation.accounts.tests.factory import make_actor, make_user
from anwei.foundation.audit.models import Deed

pytestmark = pytest.mark.django_db


@pytest.fixture
def ingo(client: Client) -> Client:
    """The browser of an auditor."""
    client.force_login(make_user("ingo", "auditor"))
    client.post("/language/", {"language": "en"})
    return client


def queries_of(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_the_story_of_an_order_holds_what_was_done_to_its_settlement(ingo: Client) -> None:
    settlement = make_settlement(make_device(), payer="open")
    fay = make_actor("fay", "finance_clerk")
    choose_payer(actor=fay, settlement=settlement, line=settlement.lines.order_by("id")[0], payer="hospital", reason="院方同意自费")
    deed = Deed.objects.get(verb="settlement.choose_payer")
    url = reverse("audit:story", args=["orders.WorkOrder", settlement.order_id])
    page = ingo.get(url).content.decode()
    assert "Another payer chosen" in page and "Settlement proposed" in page and settlement.order.number in page
    opened = ingo.get(f"{url}?deed={deed.pk}").content.decode()
    assert "院方同意自费" in opened and "<del>open</del>" not in page and "settlement.choose_payer" in opened


def test_all_deeds_are_narrowed_and_turned_page_by_page(ingo: Client) -> None:
    make_settlement(make_device())
    assert "accounts.create_user" not in ingo.get(reverse("audit:deeds"), {"verb": "devices.register"}).content.decode()
    first = ingo.get(reverse("audit:deeds"))
    assert first.status_code == 200 and len(first.context["rows"]) > 3
    older = f"{first.context['rows'][2].deed.received.isoformat()} {first.context['rows'][2].deed.id}"
    assert ingo.get(reverse("audit:deeds"), {"before": older}).context["rows"][0].deed.id == first.context["rows"][3].deed.id
    for odd in ({"before": "nonsense"}, {"deed": "x"}, {"since": "9999-99-99"}, {"outcome": "else"}):
        assert ingo.get(reverse("audit:deeds"), odd).status_code == 200


def test_a_longer_list_of_deeds_asks_no_more_often(ingo: Client) -> None:
    device, url = make_device(), reverse("audit:deeds") + "?verb=tests._released"
    counts = []
    for _round in range(2):
        for _number in range(3):
            make_settlement(device)
        ingo.get(url)
        counts.append(queries_of(ingo, url))
    assert counts[0] == counts[1]


def test_a_deed_that_waits_for_the_sealer_has_no_proof_to_download(ingo: Client) -> None:
    make_device()
    deed = Deed.objects.filter(verb="devices.register").get()
    assert ingo.get(reverse("audit:proof", args=[deed.pk])).status_code == 404


@pytest.mark.parametrize("role", ["finance_clerk", "dispatcher", "service_manager"])
def test_who_does_not_read_the_trail_sees_none_of_it(client: Client, role: str) -> None:
    settlement = make_settlement(make_device())
    client.force_login(make_user("x", role))
    for url in (reverse("audit:deeds"), reverse("audit:story", args=["orders.WorkOrder", settlement.order_id])):
        assert client.get(url).status_code == 403
