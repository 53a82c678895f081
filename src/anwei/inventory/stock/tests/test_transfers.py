from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils import timezone

from anwei.core.actor import Actor
from anwei.core.errors import NoRight, NotFound
from anwei.core.ids import uuid7
from anwei.core.registers import registers
from anwei.foundation.accounts.queries import actor_for, system_actor
from anwei.foundation.accounts.tests.factory import make_actor, make_user
from anwei.foundation.audit.models import Deed
from anwei.foundation.branches.models import Branch
from anwei.foundation.branches.tests.factory import make_branch
from anwei.foundation.ledger.models import Line
from anwei.foundation.staff.operations import register_engineer
from anwei.inventory.parts.models import Part
from anwei.inventory.parts.tests.factory import make_part
from anwei.inventory.stock.errors import (
    NotALine,
    NotEnoughStock,
    NothingToMove,
    NotYoursToReceive,
    OldPartsGoBack,
    SecondPersonNeeded,
    TransferEnded,
)
from anwei.inventory.stock.models import Balance, Place, Transfer
from anwei.inventory.stock.operations import (
    Arrived,
    Taken,
    cancel_transfer,
    hand_over,
    issue,
    receive_transfer,
    send,
    write_off_lost,
)
from anwei.inventory.stock.tests.factory import make_place, make_stock

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("test")


def holds() -> bool:
    names = ("moves_make_balances", "stock_is_in_the_books", "books_balance", "held_is_reserved")
    return all(not i.broken() for i in registers.invariants if i.name in names)


def make_van(branch: Branch, name: str) -> tuple[Place, Actor]:
    user = make_user(name, "field_engineer")
    engineer = register_engineer(actor=SYSTEM, name=name.capitalize(), branch=branch, user=user)
    return make_place("van", f"Van {name}", branch=branch, engineer=engineer), actor_for(user, "phone")


def there(place: Place, condition: str = "good") -> float | Decimal:
    return sum(Balance.objects.filter(place=place, condition=condition).values_list("quantity", flat=True), Decimal(0))


class Two:
    """Two stores, five pieces in the first, and their keepers."""

    def __init__(self) -> None:
        self.part: Part = make_part()
        shanghai, beijing = make_branch("SH"), make_branch("BJ")
        self.shanghai, self.beijing = shanghai, beijing
        self.here, self.far = make_place(branch=shanghai), make_place(name="Far", branch=beijing)
        make_stock(self.part, self.here, 5)
        self.sue = make_actor("sue", "storekeeper", branch=shanghai.pk)
        self.ben = make_actor("ben", "storekeeper", branch=beijing.pk)

    def send(self, quantity: int = 3) -> Transfer:
        balance = Balance.objects.get(place=self.here)
        return send(
            actor=self.sue, source=self.here, to=self.far.pk, lines=[Taken(balance, Decimal(quantity))], at=timezone.now(), note="SF 1"
        )

    def receive(self, transfer: Transfer, received: int, damaged: int = 0) -> Transfer:
        line = transfer.lines.get().pk
        return receive_transfer(
            actor=self.ben, transfer=transfer, arrived=[Arrived(line, Decimal(received), Decimal(damaged))], at=timezone.now()
        )


def test_what_was_sent_is_on_the_way_until_the_other_store_receives_it() -> None:
    two = Two()
    transfer = two.send()
    assert (there(two.here), there(transfer.transit), there(two.far)) == (2, 3, 0)
    assert sum(line.debit - line.credit for line in Line.objects.filter(account__code="140502")) == 300 and holds()
    two.receive(transfer, 3)
    transfer.refresh_from_db()
    assert (there(transfer.transit), there(two.far), transfer.state, transfer.receiver) == (0, 3, "received", "Ben") and holds()
    assert transfer.number.startswith("SH-T")
    assert Deed.objects.filter(verb__in=["stock.send", "stock.receive_transfer"], outcome="done").count() == 2


def test_what_lacks_stays_on_the_way_and_what_is_broken_goes_to_the_defective_parts() -> None:
    two = Two()
    transfer = two.send()
    two.receive(transfer, 1, damaged=1)
    transfer.refresh_from_db()
    assert (transfer.state, there(transfer.transit), there(two.far)) == ("short", 1, 1)
    assert there(Place.objects.get(kind="defective", branch=two.far.branch), "defective") == 1
    two.receive(transfer, 1)
    transfer.refresh_from_db()
    assert (transfer.state, there(two.far)) == ("received", 2) and holds()
    with pytest.raises(TransferEnded):
        two.receive(transfer, 1)


def test_nobody_receives_more_than_was_sent_nor_what_goes_to_others() -> None:
    two = Two()
    transfer = two.send()
    with pytest.raises(NotALine):
        two.receive(transfer, 4)
    with pytest.raises(NotALine):
        receive_transfer(actor=two.ben, transfer=transfer, arrived=[Arrived(uuid7(), Decimal(1))], at=timezone.now())
    with pytest.raises(NotYoursToReceive):
        receive_transfer(actor=two.sue, transfer=transfer, arrived=[], at=timezone.now())
    stranger = make_actor("liz", "storekeeper", branch=make_branch("CD").pk)
    with pytest.raises(NotFound):
        receive_transfer(actor=stranger, transfer=transfer, arrived=[], at=timezone.now())


def test_what_is_lost_is_written_off_by_two_people() -> None:
    two = Two()
    transfer = two.send()
    two.receive(transfer, 2)
    with pytest.raises(SecondPersonNeeded):
        write_off_lost(actor=two.ben, transfer=transfer, at=timezone.now())
    approved = replace(two.ben, approved_by=two.sue.id)
    write_off_lost(actor=approved, transfer=transfer, at=timezone.now())
    transfer.refresh_from_db()
    assert (transfer.state, there(transfer.transit)) == ("received", 0) and holds()


def test_a_transfer_is_taken_back_before_anything_arrived() -> None:
    two = Two()
    transfer = two.send()
    with pytest.raises(NotYoursToReceive):
        cancel_transfer(actor=two.ben, transfer=transfer, at=timezone.now())
    cancel_transfer(actor=two.sue, transfer=transfer, at=timezone.now())
    assert [there(two.here), there(transfer.transit)] == [5, 0] and holds()
    with pytest.raises(TransferEnded):
        two.receive(transfer, 1)


def test_sending_more_than_there_is_sends_nothing() -> None:
    two = Two()
    with pytest.raises(NotEnoughStock):
        two.send(6)
    with pytest.raises(NothingToMove):
        send(actor=two.sue, source=two.here, to=two.far.pk, lines=[], at=timezone.now())
    with pytest.raises(NotFound):
        send(actor=two.sue, source=two.here, to=two.here.pk, lines=[], at=timezone.now())
    assert not Transfer.objects.exists() and there(two.here) == 5


def test_pieces_of_bins_are_issued_to_a_van_by_one_deed_or_not_at_all() -> None:
    branch = make_branch("SH")
    store = make_place(branch=branch)
    shelf, van = make_place("bin", "A-01", parent=store), make_van(branch, "tom")[0]
    first, second = make_part(), make_part(tracking="serial")
    make_stock(first, shelf, 4)
    make_stock(second, store, serial="S1")
    sue = make_actor("sue", "storekeeper", branch=branch.pk)
    lines = [Taken(Balance.objects.get(place=shelf), Decimal(2)), Taken(Balance.objects.get(place=store))]
    with pytest.raises(NotEnoughStock):
        issue(actor=sue, van=van, lines=[lines[1], Taken(lines[0].balance, Decimal(5))], at=timezone.now(), document=uuid7())
    assert there(van) == 0
    issue(actor=sue, van=van, lines=lines, at=timezone.now(), document=uuid7())
    assert there(van) == 3 and holds()
    with pytest.raises(NoRight):
        issue(actor=make_actor("dana", "dispatcher", branch=branch.pk), van=van, lines=lines, at=timezone.now(), document=uuid7())


def test_a_colleague_accepts_what_was_handed_over() -> None:
    branch, part = make_branch("SH"), make_part(tracking="serial")
    (toms, tom), (anns, ann) = make_van(branch, "tom"), make_van(branch, "ann")
    make_stock(part, toms, serial="S1")
    lines = [Taken(Balance.objects.get(place=toms))]
    assert anns.record is not None
    transfer = hand_over(actor=tom, colleague=anns.record, lines=lines, at=timezone.now())
    with pytest.raises(NotYoursToReceive):
        receive_transfer(actor=tom, transfer=transfer, arrived=[], at=timezone.now())
    receive_transfer(actor=ann, transfer=transfer, arrived=[Arrived(transfer.lines.get().pk, Decimal(1))], at=timezone.now())
    assert [there(toms), there(anns)] == [0, 1] and holds()
    with pytest.raises(NotFound):
        hand_over(actor=tom, colleague=anns.record, lines=[Taken(Balance.objects.get(place=anns))], at=timezone.now())


def test_old_parts_are_not_handed_to_a_colleague() -> None:
    branch, part = make_branch("SH"), make_part()
    (toms, tom), (anns, _ann) = make_van(branch, "tom"), make_van(branch, "ann")
    make_stock(part, toms)
    balance = Balance.objects.get(place=toms)
    balance.condition = "defective"
    assert anns.record is not None
    with pytest.raises(OldPartsGoBack):
        hand_over(actor=tom, colleague=anns.record, lines=[Taken(balance)], at=timezone.now())
