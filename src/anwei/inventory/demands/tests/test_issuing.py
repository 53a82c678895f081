"""Issuing reserved pieces to vans: a scan a line."""

import pytest
from django.utils import timezone

from anwei.core.errors import NoRight, NotFound
from anwei.core.registers import registers
from anwei.foundation.accounts.tests.factory import make_actor
from anwei.foundation.branches.models import Branch
from anwei.foundation.branches.tests.factory import make_branch
from anwei.inventory.demands.errors import NothingToIssue, NotReserved, OnlyToVans, ScanDiffers
from anwei.inventory.demands.models import Demand
from anwei.inventory.demands.operations import IssueLine, issue
from anwei.inventory.demands.queries import kept_for
from anwei.inventory.demands.tests.factory import make_demand
from anwei.inventory.parts.models import Part
from anwei.inventory.parts.tests.factory import make_part
from anwei.inventory.stock.errors import NotEnoughStock
from anwei.inventory.stock.models import Balance, Place
from anwei.inventory.stock.tests.factory import make_place, make_stock

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Branch:
    return make_branch("SH")


@pytest.fixture
def store(here: Branch) -> Place:
    return make_place("store", "Here", branch=here)


@pytest.fixture
def van(here: Branch) -> Place:
    return make_place("van", "Van", branch=here)


@pytest.fixture
def part(store: Place) -> Part:
    """A part with two pieces in the store, S-1 and S-2."""
    made = make_part(tracking="serial")
    for serial in ("S-1", "S-2"):
        make_stock(made, store, serial=serial)
    return made


def serials_in(place: Place) -> set[str]:
    return set(Balance.objects.filter(place=place, quantity__gt=0).values_list("serial", flat=True))


def test_what_is_kept_is_handed_over_and_stays_kept_in_the_van(here: Branch, van: Place, part: Part) -> None:
    demand = make_demand(part, van)
    issue(actor=make_actor("sue", "storekeeper", branch=here.pk), lines=[IssueLine(demand)], at=timezone.now())
    demand.refresh_from_db()
    assert demand.state == "issued" and demand.held_at == van and len(serials_in(van)) == 1
    assert Balance.objects.get(place=van, quantity=1).held == 1
    assert all(not i.broken() for i in registers.invariants)


def test_a_scan_takes_the_piece_in_hand_instead_of_the_one_on_the_list(here: Branch, van: Place, part: Part) -> None:
    demand = make_demand(part, van)
    listed = Balance.objects.get(part=part, held=1).serial
    other = ({"S-1", "S-2"} - {listed}).pop()
    issue(actor=make_actor("sue", "storekeeper", branch=here.pk), lines=[IssueLine(demand, f" {other.lower()} ")], at=timezone.now())
    assert serials_in(van) == {other}
    assert all(not i.broken() for i in registers.invariants)


def test_a_piece_kept_for_another_and_another_part_are_refused(here: Branch, van: Place, part: Part) -> None:
    keeper, first, second = make_actor("sue", "storekeeper", branch=here.pk), make_demand(part, van), make_demand(part, van)
    of_second = Balance.objects.filter(part=part, held=1).exclude(serial=_kept(first)).get().serial
    with pytest.raises(NotEnoughStock):
        issue(actor=keeper, lines=[IssueLine(first, of_second)], at=timezone.now())
    with pytest.raises(ScanDiffers):
        issue(actor=keeper, lines=[IssueLine(first, "X-9")], at=timezone.now())
    assert serials_in(van) == set() and second.state == "reserved"


def _kept(demand: Demand) -> str:
    return kept_for([demand])[demand.pk][0].serial


def test_all_lines_or_none(here: Branch, van: Place, part: Part) -> None:
    keeper, good = make_actor("sue", "storekeeper", branch=here.pk), make_demand(part, van)
    short = make_demand(make_part(), van)
    with pytest.raises(NotReserved):
        issue(actor=keeper, lines=[IssueLine(good), IssueLine(short)], at=timezone.now())
    with pytest.raises(NothingToIssue):
        issue(actor=keeper, lines=[], at=timezone.now())
    assert serials_in(van) == set()


def test_it_is_issued_once(here: Branch, van: Place, part: Part) -> None:
    keeper, demand = make_actor("sue", "storekeeper", branch=here.pk), make_demand(part, van)
    issue(actor=keeper, lines=[IssueLine(demand)], at=timezone.now())
    with pytest.raises(NotReserved):
        issue(actor=keeper, lines=[IssueLine(demand)], at=timezone.now())
    assert len(serials_in(van)) == 1


def test_what_is_wanted_in_a_store_is_no_issue(here: Branch, part: Part) -> None:
    other = make_place("store", "Other", branch=here)
    with pytest.raises(OnlyToVans):
        keeper = make_actor("sue", "storekeeper", branch=here.pk)
        issue(actor=keeper, lines=[IssueLine(make_demand(part, other))], at=timezone.now())


def test_who_may_issue(here: Branch, van: Place, part: Part) -> None:
    demand = make_demand(part, van)
    with pytest.raises(NoRight):
        issue(actor=make_actor("bea", "buyer"), lines=[IssueLine(demand)], at=timezone.now())
    with pytest.raises(NotFound):
        stranger = make_actor("sam", "storekeeper", branch=make_branch("BJ").pk)
        issue(actor=stranger, lines=[IssueLine(demand)], at=timezone.now())
    assert serials_in(van) == set()
