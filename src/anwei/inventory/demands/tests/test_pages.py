"""The pages of demands: what is wanted, and a scan a line to the van."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from anwei.foundation.accounts.tests.factory import make_user
from anwei.foundation.branches.models import Branch
from anwei.foundation.branches.tests.factory import make_branch
from anwei.inventory.demands.models import Demand
from anwei.inventory.demands.tests.factory import make_demand
from anwei.inventory.parts.tests.factory import make_part
from anwei.inventory.stock.tests.factory import make_place, make_stock

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Branch:
    return make_branch("SH")


@pytest.fixture
def sue(client: Client, here: Branch) -> Client:
    """The browser of a warehouse keeper."""
    client.force_login(make_user("sue", "storekeeper", branch=here.pk))
    client.post("/language/", {"language": "en"})
    return client


def test_a_line_is_scanned_and_all_are_handed_over_at_once(sue: Client, here: Branch) -> None:
    """F14: a scan a line and one confirmation."""
    store, van = make_place("store", "Store", branch=here), make_place("van", "Van Tom", branch=here)
    part, other = make_part(tracking="serial"), make_part()
    make_stock(part, store, serial="S-1")
    make_stock(other, store, 2)
    first, second = make_demand(part, van, label="SH-2611-0042"), make_demand(other, van, 2)
    assert "Van Tom" in sue.get(reverse("demands:vans")).content.decode()
    url = reverse("demands:van", args=[van.pk])
    assert "SH-2611-0042" in sue.get(url).content.decode()
    wrong = sue.post(url, {f"take-{first.pk}": "1", f"scan-{first.pk}": "X-9"})
    assert wrong.status_code == 422 and 'value="X-9"' in wrong.content.decode()
    sue.post(url, {f"take-{first.pk}": "1", f"scan-{first.pk}": "S-1", f"take-{second.pk}": "1"})
    assert set(Demand.objects.values_list("state", flat=True)) == {"issued"}


def test_a_store_asks_for_a_part(sue: Client, here: Branch) -> None:
    store, part = make_place("store", "Store", branch=here), make_part()
    assert part.number in sue.get(reverse("demands:parts"), {"part": part.number}).content.decode()
    sue.post(reverse("demands:want"), {"part": part.number, "quantity": "3", "place": str(store.pk)})
    assert Demand.objects.get().quantity == 3
    assert part.number in sue.get(reverse("demands:list"), {"tab": "short"}).content.decode()


def test_a_van_of_another_branch_is_not_shown(sue: Client) -> None:
    assert sue.get(reverse("demands:van", args=[make_place("van", "Far", branch=make_branch("BJ")).pk])).status_code == 404


def test_more_rows_ask_no_more_questions(sue: Client, here: Branch) -> None:
    store, counts = make_place("store", "Store", branch=here), []
    for _round in range(2):
        for _number in range(4):
            make_demand(make_part(), store)
        with CaptureQueriesContext(connection) as asked:
            assert sue.get(reverse("demands:list")).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
