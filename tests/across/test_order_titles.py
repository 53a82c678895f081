"""An order is called by its symptom in the reader's language; what somebody typed stays as typed."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from anwei.foundation.accounts.models import User
from anwei.foundation.accounts.operations import set_language
from anwei.foundation.accounts.queries import actor_for
from anwei.workorders.dispatch.tests.factory import make_order, make_shop
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.orders.symptoms import symptom

pytestmark = pytest.mark.django_db


def chip_of(order: WorkOrder) -> tuple[str, str]:
    chip = symptom(order.symptom)
    assert chip
    return chip.label.zh, chip.label.en


def test_a_title_from_a_symptom_speaks_the_readers_language() -> None:
    order = make_order(make_shop())
    zh, en = chip_of(order)
    assert order.title == zh
    with override("en"):
        assert order.shown_title == en
    with override("zh-hans"):
        assert order.shown_title == zh


def test_a_typed_title_stays_as_typed() -> None:
    order = make_order(make_shop())
    order.title = "呼吸机夜里自己停了"
    with override("en"):
        assert order.shown_title == "呼吸机夜里自己停了"


@pytest.mark.parametrize("page", ["orders:list", "dispatch:board"])
def test_english_pages_show_the_english_words(client: Client, page: str) -> None:
    shop = make_shop()
    zh, en = chip_of(make_order(shop))
    dana = User.objects.get(pk=shop.dana.id)
    set_language(actor=actor_for(dana, "page"), user=dana, language="en")
    client.force_login(dana)
    shown = client.get(reverse(page)).content.decode()
    assert en in shown
    assert zh not in shown
