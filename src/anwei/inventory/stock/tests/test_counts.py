from decimal import Decimal

import pytest
from django.utils import timezone

from anwei.core.errors import NoRight
from anwei.core.ids import uuid7
from anwei.foundation.accounts.tests.factory import make_actor
from anwei.foundation.audit.models import Deed
from anwei.foundation.branches.tests.factory import make_branch
from anwei.foundation.ledger.models import Line
from anwei.inventory.parts.tests.factory import make_part
from anwei.inventory.stock.errors import CountDecided, CountedTwice, CountOvertaken, CountWaits, OwnCount
from anwei.inventory.stock.models import Balance, Count, Move
from anwei.inventory.stock.operations import Counted, approve_count, count, discard_count, transfer
from anwei.inventory.stock.tests.factory import make_place, make_stock
from anwei.inventory.stock.tests.test_transfers import holds

pytestmark = pytest.mark.django_db


class Shelf:
    """A bin with four pieces of one part and one serial number, its keeper and her colleague."""

    def __init__(self) -> None:
        self.branch = make_branch("SH")
        self.store = make_place(branch=self.branch)
        self.bin = make_place("bin", "A-01", parent=self.store)
        self.part, self.serial = make_part(), make_part(tracking="serial")
        make_stock(self.part, self.bin, 4)
        make_stock(self.serial, self.bin, serial="S1")
        self.sue, self.ben = (make_actor(name, "storekeeper", branch=self.branch.pk) for name in ("sue", "ben"))

    def count(self, quantity: int, *serials: str) -> Count:
        lines = [Counted(self.part, Decimal(quantity)), *(Counted(self.serial, Decimal(1), serial=serial) for serial in serials)]
        count(actor=self.sue, place=self.bin, lines=lines, at=timezone.now())
        return Count.objects.latest("created_at")


def test_a_count_that_agrees_is_done() -> None:
    shelf = Shelf()
    made = shelf.count(4, "s1")
    assert made.state == "agrees" and Deed.objects.get(verb="stock.count").outcome == "done"
    with pytest.raises(CountDecided):
        approve_count(actor=shelf.ben, count=made, at=timezone.now())


def test_a_difference_moves_nothing_until_a_second_person_approves_it() -> None:
    shelf = Shelf()
    made, moves = shelf.count(5), Move.objects.count()
    assert made.state == "differs" and Move.objects.count() == moves
    with pytest.raises(OwnCount):
        approve_count(actor=shelf.sue, count=made, at=timezone.now())
    approve_count(actor=shelf.ben, count=made, at=timezone.now())
    assert Balance.objects.get(place=shelf.bin, part=shelf.part).quantity == 5
    assert Balance.objects.get(place=shelf.bin, serial="S1").quantity == 0
    made.refresh_from_db()
    assert (made.state, made.approver) == ("approved", "Ben") and holds()
    # one more at 100, one less at 100
    assert sum(line.debit - line.credit for line in Line.objects.filter(account__code="1901")) == 0
    with pytest.raises(CountDecided):
        approve_count(actor=shelf.ben, count=made, at=timezone.now())


def test_a_count_that_moves_overtook_is_counted_again() -> None:
    shelf = Shelf()
    made = shelf.count(3, "S1")
    transfer(
        actor=shelf.sue, source=shelf.bin, target=shelf.store, part=shelf.part, quantity=Decimal(1), at=timezone.now(), document=uuid7(),
        kind="relocate",
    )  # fmt: skip
    with pytest.raises(CountOvertaken):
        approve_count(actor=shelf.ben, count=made, at=timezone.now())
    with pytest.raises(CountWaits):
        shelf.count(3, "S1")
    discard_count(actor=shelf.ben, count=made, at=timezone.now(), note="moved")
    assert shelf.count(3, "S1").state == "agrees"


def test_one_piece_is_not_counted_in_two_lines() -> None:
    shelf = Shelf()
    with pytest.raises(CountedTwice):
        shelf.count(4, "S1", "ｓ1")


def test_an_engineer_counts_no_store() -> None:
    shelf = Shelf()
    with pytest.raises(NoRight):
        count(actor=make_actor("tom", "field_engineer", branch=shelf.branch.pk), place=shelf.bin, lines=[], at=timezone.now())
