"""The levels of urgency are one list: domain content, flow, order, form, list and the API speak of the same ones, the gravest first."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from anwei.core.doors.arguments import Malformed, parse
from anwei.core.operation import REGISTER
from anwei.foundation.accounts.models import User
from anwei.foundation.definitions.queries import domain, published
from anwei.workorders.dispatch.tests.factory import Shop, make_order, make_shop
from anwei.workorders.intake.forms import FaultForm
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.orders.rules import URGENCIES
from anwei.workorders.orders.shown import PRIORITIES
from anwei.workorders.orders.tables import OrderList

pytestmark = pytest.mark.django_db
OPENED = {"device": "01936f00-0000-7000-8000-000000000000", "title": "漏气"}


@pytest.fixture
def shop() -> Shop:
    return make_shop()


def test_domain_flow_and_shown_words_hold_the_same_levels() -> None:
    assert [row["urgency"] for row in domain("faults")["urgency_rules"]] == list(URGENCIES)
    assert [c["key"] for c in published("flow", "hospital_direct").body["fields"]["urgency"]["choices"]] == list(URGENCIES)
    assert list(PRIORITIES) == list(URGENCIES)


def test_the_forms_and_the_lists_filter_offer_every_level(shop: Shop) -> None:
    priority: Any = FaultForm(make_order(shop).device).fields["priority"]
    assert [key for key, _word in priority.choices] == ["", *URGENCIES]
    choice: Any = next(f for f in OrderList().filters if f.key == "priority")
    assert [key for key, _word in choice.choices] == list(URGENCIES)


@pytest.mark.parametrize("verb", ["orders.open", "intake.accept"])
def test_the_api_takes_high_and_refuses_a_level_that_there_is_not(verb: str) -> None:
    given = OPENED if verb == "orders.open" else {"request": OPENED["device"]}
    form: Any = parse(REGISTER[verb], json.dumps(given | {"priority": "high"}).encode())
    assert form.priority == "high"
    with pytest.raises(Malformed, match="priority"):
        parse(REGISTER[verb], json.dumps(given | {"priority": "soonish"}).encode())


def test_orders_sort_by_urgency_and_not_by_its_letters(shop: Shop, client: Client) -> None:
    for level in ("normal", "high", "emergency", "urgent"):
        make_order(shop, priority=level)
    assert list(WorkOrder.objects.order_by("urgency").values_list("priority", flat=True)) == list(URGENCIES)
    client.force_login(User.objects.get(pk=shop.dana.id))
    answer = client.get(reverse("orders:list"), {"sort": "urgency"})
    rows = answer.content.decode().partition("<tbody")[2]
    places = [rows.index(f">{PRIORITIES[level]}<") for level in URGENCIES]
    assert places == sorted(places)
