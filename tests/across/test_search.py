"""The one search box: every kind of record, as far as who asks may see it."""

import pytest
from django.test import Client
from django.urls import reverse

from anwei.config.palette import found
from anwei.core.registers import registers
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.accounts.tests.factory import make_actor, make_user
from anwei.foundation.branches.tests.factory import make_branch
from anwei.foundation.organisations.operations import register
from anwei.foundation.staff.operations import register_engineer
from anwei.inventory.parts.tests.factory import make_part

pytestmark = pytest.mark.django_db


def titles(actor, typed: str) -> list[str]:
    return [hit.title for group in found(actor, typed) for hit in group.hits]


def test_a_hospital_is_found_by_a_piece_of_its_name_and_by_its_initials() -> None:
    branch = make_branch("CZ")
    register(actor=system_actor("test"), name="常州市第一人民医院", roles=["hospital"], branch=branch)
    dana = make_actor("dana", "dispatcher", branch=branch.pk)
    for typed in ("常州", "第一人民", "czsdy"):
        assert titles(dana, typed) == ["常州市第一人民医院"]


def test_nobody_finds_what_they_may_not_see() -> None:
    register(actor=system_actor("test"), name="常州市第一人民医院", roles=["hospital"], branch=make_branch("CZ"))
    assert titles(make_actor("far", "dispatcher", branch=make_branch("BJ").pk), "常州") == []


def test_a_kind_whose_right_one_lacks_is_not_searched() -> None:
    branch = make_branch("CZ")
    register_engineer(actor=system_actor("test"), name="朱甲三", branch=branch)
    assert titles(make_actor("dana", "dispatcher", branch=branch.pk), "@朱甲") == ["朱甲三"]
    assert titles(make_actor("sue", "storekeeper", branch=branch.pk), "@朱甲") == []


def test_a_prefix_asks_for_one_kind() -> None:
    make_part(name_zh="朱甲传感器")
    branch = make_branch("CZ")
    register_engineer(actor=system_actor("test"), name="朱甲三", branch=branch)
    dana = make_actor("dana", "dispatcher", branch=branch.pk)
    assert set(titles(dana, "朱甲")) == {"朱甲传感器", "朱甲三"}
    assert titles(dana, "@朱甲") == ["朱甲三"] and titles(dana, "#朱甲") == [] and titles(dana, "$朱甲") == []


def test_a_bracket_asks_for_places_of_the_menu() -> None:
    dana = make_actor("dana", "dispatcher")
    places = {str(entry.label) for entry in registers.menu if dana.may(entry.right)}
    assert set(titles(dana, ">")) == places
    board = next(str(entry.label) for entry in registers.menu if entry.url_name == "dispatch:board")
    assert titles(dana, f">{board}") == [board]


@pytest.mark.parametrize("typed", ["", " ", "'", "!!", "&|", "a" * 5000, "\x00", "％", "<b>"])
def test_whatever_is_typed_is_answered(typed: str) -> None:
    client = Client()
    client.force_login(make_user("dana", "dispatcher"))
    answer = client.get(reverse("search"), {"q": typed})
    assert answer.status_code in (200, 400) and "<b>" not in answer.content.decode()


def test_the_answer_is_options_only() -> None:
    make_part(name_zh="血氧<i>探头")
    client = Client()
    client.force_login(make_user("dana", "dispatcher"))
    text = client.get(reverse("search"), {"q": "血氧"}).content.decode().strip()
    assert text.startswith("<li") and text.endswith("</li>") and 'role="option"' in text and "<i>" not in text
