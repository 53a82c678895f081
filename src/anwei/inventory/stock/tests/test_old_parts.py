from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from anwei.core.actor import Actor
from anwei.core.errors import NoRight, NotFound
from anwei.core.ids import uuid7
from anwei.core.operation import record
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.accounts.tests.factory import make_actor
from anwei.foundation.audit.models import Deed
from anwei.foundation.branches.tests.factory import make_branch
from anwei.inventory.parts.models import Part
from anwei.inventory.parts.tests.factory import make_part
from anwei.inventory.stock.errors import DueElsewhere, HoldsData, NotYetClean, SecondPersonNeeded, WitnessNeeded
from anwei.inventory.stock.models import Balance, Due, Place
from anwei.inventory.stock.operations import Pieces, clean, fitted_on, hand_in, judge, leave, owe, owe_old_part, scrap, transfer, wipe
from anwei.inventory.stock.tests.factory import make_place, make_stock
from tests.trail.factory import deed

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("test")


@deed
def take_out(*, actor: Actor, part: Part, van: Place, is_clean: bool = True) -> Due:
    due = owe_old_part(
        pieces=Pieces(part, Decimal(1), "OLD-1", "", "defective"), van=van, device=fitted_on(uuid7(), "Ventilator"), clean=is_clean,
        at=timezone.now(), label="SH-2611-0001", cause="tests.Use", cause_id=uuid7(),
    )  # fmt: skip
    record(due, "stock.old_part_owed")
    return due


class House:
    """A branch with a store and a van, and its keeper."""

    def __init__(self) -> None:
        self.branch = make_branch("SH")
        self.store, self.van = make_place(branch=self.branch), make_place("van", "Van Tom", branch=self.branch)
        self.sue = make_actor("sue", "storekeeper", branch=self.branch.pk)

    def owed(self, *, is_clean: bool = True, **part: object) -> Due:
        take_out(actor=SYSTEM, part=make_part(tracking="serial", **part), van=self.van, is_clean=is_clean)
        return Due.objects.get()


def test_an_old_part_comes_into_the_van_with_fifteen_days() -> None:
    due = House().owed(core_return=True)
    assert (due.rule, due.due_on, due.state) == ("core", timezone.localdate() + timedelta(days=15), "open")
    assert Balance.objects.get(place=due.holder, condition="defective").serial == "OLD-1"


def test_a_keeper_judges_it_by_one_deed() -> None:
    house = House()
    due = house.owed()
    judge(actor=house.sue, due=due, fate="defective", at=timezone.now(), note="no voltage")
    due.refresh_from_db()
    assert (due.state, due.fate, due.place.kind, due.note) == ("settled", "defective", "defective", "no voltage")
    assert not Balance.objects.filter(place=house.van, quantity__gt=0).exists()
    with pytest.raises(DueElsewhere):
        judge(actor=house.sue, due=due, fate="defective", at=timezone.now())
    assert Deed.objects.filter(verb="stock.judge", outcome="done").count() == 1


def test_a_part_tested_good_goes_to_a_store_and_is_good_there() -> None:
    house = House()
    due = house.owed()
    hand_in(actor=house.sue, due=due, at=timezone.now())
    with pytest.raises(NotFound):
        judge(actor=house.sue, due=due, fate="good", at=timezone.now())
    judge(actor=house.sue, due=due, fate="good", at=timezone.now(), store=house.store)
    assert Balance.objects.get(place=house.store, quantity=1).condition == "good"


def test_a_part_goes_back_to_its_maker() -> None:
    house = House()
    due = house.owed()
    judge(actor=house.sue, due=due, fate="maker", at=timezone.now())
    due.refresh_from_db()
    assert (due.place.kind, due.fate) == ("maker", "maker")


def test_what_is_not_clean_stays_at_the_hospital_until_it_is() -> None:
    house = House()
    due = house.owed(is_clean=False)
    assert (due.state, due.due_on, due.place.kind) == ("not_clean", timezone.localdate(), "fitted")
    assert not Balance.objects.filter(place=house.van).exists()
    with pytest.raises(NotYetClean):
        hand_in(actor=house.sue, due=due, at=timezone.now())
    clean(actor=house.sue, due=due, at=timezone.now())
    due.refresh_from_db()
    assert (due.state, due.place, due.rule) == ("open", house.van, "core")
    with pytest.raises(DueElsewhere):
        clean(actor=house.sue, due=due, at=timezone.now())


def test_patient_data_are_wiped_before_a_witness_or_stay_with_the_hospital() -> None:
    house = House()
    due = house.owed(data_bearing=True)
    assert (due.rule, due.due_on) == ("data_bearing", timezone.localdate() + timedelta(days=3))
    with pytest.raises(HoldsData):
        judge(actor=house.sue, due=due, fate="defective", at=timezone.now())
    with pytest.raises(WitnessNeeded):
        wipe(actor=house.sue, due=due, witness=" ", at=timezone.now())
    wipe(actor=house.sue, due=due, witness="王护士长", at=timezone.now())
    due.refresh_from_db()
    assert (due.rule, due.holds_data, due.witness) == ("core", False, "王护士长")
    judge(actor=house.sue, due=due, fate="defective", at=timezone.now())


def test_what_the_hospital_keeps_is_where_it_was() -> None:
    house = House()
    due = house.owed(data_bearing=True)
    leave(actor=house.sue, due=due, witness="设备科李工", at=timezone.now())
    due.refresh_from_db()
    assert (due.state, due.fate) == ("settled", "left") and not Balance.objects.filter(place=house.van, quantity__gt=0).exists()


def test_scrapping_needs_a_witness_and_a_second_person() -> None:
    house = House()
    due = house.owed()
    with pytest.raises(DueElsewhere):
        scrap(actor=house.sue, due=due, witness="Ann", at=timezone.now())
    judge(actor=house.sue, due=due, fate="defective", at=timezone.now())
    approved = replace(house.sue, approved_by=uuid7())
    with pytest.raises(WitnessNeeded):
        scrap(actor=approved, due=due, witness="", at=timezone.now())
    with pytest.raises(SecondPersonNeeded):
        scrap(actor=house.sue, due=due, witness="Ann", at=timezone.now())
    scrap(actor=approved, due=due, witness="Ann", at=timezone.now())
    due.refresh_from_db()
    assert (due.fate, due.place.kind) == ("scrapped", "scrap")


def test_an_engineer_does_not_judge_what_he_brings() -> None:
    house = House()
    due = house.owed()
    with pytest.raises(NoRight):
        judge(actor=make_actor("tom", "field_engineer", branch=house.branch.pk), due=due, fate="defective", at=timezone.now())


@deed
def owe_unused(*, actor: Actor, part: Part, van: Place, quantity: int) -> Due:
    due = owe(
        pieces=Pieces(part, Decimal(quantity)), holder=van, rule="unused", at=timezone.now(), label="SH-1", cause="tests", cause_id=uuid7()
    )
    record(due, "stock.unused_owed")
    return due


def test_what_was_issued_and_not_used_is_owed_until_it_leaves_the_van() -> None:
    house, part = House(), make_part()
    make_stock(part, house.van, 3)
    owe_unused(actor=SYSTEM, part=part, van=house.van, quantity=3)
    for quantity, left in ((1, [2]), (2, [])):
        transfer(
            actor=house.sue, source=house.van, target=house.store, part=part, quantity=Decimal(quantity), at=timezone.now(),
            document=uuid7(), kind="return_unused",
        )  # fmt: skip
        assert list(Due.objects.unsettled().values_list("quantity", flat=True)) == left
    assert Due.objects.get().fate == "returned"
