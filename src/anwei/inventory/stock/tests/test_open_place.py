"""Places are opened; an engineer has one van."""

import pytest

from anwei.core.errors import NoRight
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.accounts.tests.factory import make_actor
from anwei.foundation.audit.models import Deed
from anwei.foundation.branches.tests.factory import make_branch
from anwei.foundation.staff.operations import register_engineer
from anwei.inventory.stock.models import Place
from anwei.inventory.stock.operations import open_place
from anwei.inventory.stock.tests.factory import make_place

pytestmark = pytest.mark.django_db


def test_a_store_is_opened_at_a_branch() -> None:
    branch = make_branch()
    place = make_place("store", "Main", branch=branch)
    assert (place.kind, place.name, place.branch, place.is_outside) == ("store", "Main", branch, False)
    assert Deed.objects.get(verb="stock.open_place").words == ["stock.place_opened"]


def test_an_engineer_has_one_van_and_opening_it_again_changes_nothing() -> None:
    branch = make_branch()
    engineer = register_engineer(actor=system_actor("test"), name="Tom", branch=branch)
    van = make_place("van", "Van Tom", branch=branch, engineer=engineer)
    again = make_place("van", "Another name", branch=make_branch("WH"), engineer=engineer)
    assert again == van and Place.objects.get(record=engineer.pk).name == "Van Tom"
    assert list(Deed.objects.filter(verb="stock.open_place").order_by("id").values_list("outcome", flat=True)) == ["done", "unchanged"]


def test_without_the_right_no_place_is_opened() -> None:
    with pytest.raises(NoRight):
        open_place(actor=make_actor("tom", "field_engineer"), kind="store", name="Mine")
    assert not Place.objects.exists()
