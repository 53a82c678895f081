import pytest
from django.test import Client
from django.urls import reverse

from anwei.foundation.accounts.tests.factory import make_user
from anwei.foundation.branches.models import Branch
from anwei.foundation.branches.tests.factory import make_branch
from anwei.inventory.parts.tests.factory import make_part
from anwei.inventory.stock.tests.factory import make_place, make_stock

pytestmark = pytest.mark.django_db


def signed_in(branch: Branch, role: str = "storekeeper") -> Client:
    client = Client()
    client.force_login(make_user("sue", role, branch=branch.pk))
    return client


def test_the_stock_shows_what_lies_in_ones_own_places() -> None:
    here = make_branch("SH")
    make_stock(make_part(tracking="serial"), make_place("van", "Van Tom", branch=here), serial="FS-77")
    make_stock(make_part(tracking="serial"), make_place("store", "Store Far", branch=make_branch("BJ")), serial="FS-88")
    text = signed_in(here).get(reverse("stock:list"), {"tab": "vans"}).content.decode()
    assert "FS-77" in text and "Van Tom" in text and "FS-88" not in text


def test_stock_is_found_by_a_piece_of_a_serial_number() -> None:
    here = make_branch("SH")
    place = make_place("store", "Store", branch=here)
    for serial in ("FS-77", "FS-88"):
        make_stock(make_part(tracking="serial"), place, serial=serial)
    text = signed_in(here).get(reverse("stock:list"), {"q": "s-8"}).content.decode()
    assert "FS-88" in text and "FS-77" not in text


def test_the_parts_list_shows_parts_to_our_people_only() -> None:
    part, here = make_part(name_en="Flow sensor"), make_branch("SH")
    client = signed_in(here)
    assert part.number in client.get(reverse("parts:list")).content.decode()
    client.force_login(make_user("hans", "hospital_engineer", side="hospital"))
    assert client.get(reverse("parts:list")).status_code == 403
    assert client.get(reverse("stock:list")).status_code == 403
