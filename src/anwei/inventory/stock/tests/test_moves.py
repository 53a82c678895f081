from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from anwei.core.errors import NoRight, NotFound
from anwei.core.ids import uuid7
from anwei.core.registers import registers
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.accounts.tests.factory import make_actor
from anwei.foundation.audit.models import Deed
from anwei.foundation.branches.tests.factory import make_branch
from anwei.foundation.ledger.models import Line
from anwei.inventory.parts.tests.factory import make_part
from anwei.inventory.stock.errors import MovedAlready, NotEnoughStock, ReversedAlready, SerialElsewhere, SerialNeeded
from anwei.inventory.stock.models import Balance, Move
from anwei.inventory.stock.operations import reverse, transfer
from anwei.inventory.stock.tests.factory import make_place, make_stock

pytestmark = pytest.mark.django_db


def holds() -> bool:
    """Say whether the invariants of stock and books hold."""
    return all(not i.broken() for i in registers.invariants if i.name in ("moves_make_balances", "stock_is_in_the_books", "books_balance"))


def test_receiving_puts_pieces_and_their_worth_into_stock_and_books() -> None:
    part, store = make_part(cost=Decimal("33.33")), make_place()
    make_stock(part, store, 3)
    balance = Balance.objects.get(place=store)
    assert (balance.quantity, balance.value) == (3, Decimal("99.99"))
    assert {(line.account.code, line.debit, line.credit) for line in Line.objects.all()} == {
        ("1405", Decimal("99.99"), 0),
        ("220202", 0, Decimal("99.99")),
    }
    assert holds()


def test_the_last_piece_takes_the_last_cent() -> None:
    part, store, van = make_part(cost=Decimal("3.3333")), make_place(), make_place("van", "Van")
    make_stock(part, store, 3)
    for _piece in range(3):
        transfer(actor=system_actor(), source=store, target=van, part=part, quantity=Decimal(1), at=timezone.now(), document=uuid7())
    assert Balance.objects.get(place=store).value == 0
    assert Balance.objects.get(place=van).value == Decimal("10.00")
    assert holds()


def test_more_than_there_is_is_refused_and_nothing_moves() -> None:
    part, store, van = make_part(), make_place(), make_place("van", "Van")
    make_stock(part, store, 1)
    with pytest.raises(NotEnoughStock):
        transfer(actor=system_actor(), source=store, target=van, part=part, quantity=Decimal(2), at=timezone.now(), document=uuid7())
    assert Balance.objects.get(place=store).quantity == 1 and Move.objects.count() == 1


def test_a_serial_is_asked_for_and_lies_in_one_place() -> None:
    part, store, other = make_part(tracking="serial"), make_place(), make_place(name="Other")
    with pytest.raises(SerialNeeded):
        make_stock(part, store, 1)
    make_stock(part, store, serial="S1")
    with pytest.raises(SerialElsewhere):
        make_stock(part, other, serial="S1")
    assert holds()


def test_one_document_posts_once() -> None:
    part, store, document = make_part(), make_place(), uuid7()
    make_stock(part, store, 5, document=document)
    with pytest.raises(MovedAlready):
        make_stock(part, store, 5, document=document)
    assert Balance.objects.get(place=store).quantity == 5


def test_a_move_is_reversed_once_and_stays() -> None:
    part, store = make_part(), make_place()
    make_stock(part, store, 2)
    move = Move.objects.get()
    reverse(actor=system_actor(), move=move, at=timezone.now())
    assert Balance.objects.get(place=store).quantity == 0 and Balance.objects.get(place=store).value == 0
    with pytest.raises(ReversedAlready):
        reverse(actor=system_actor(), move=move, at=timezone.now())
    assert Move.objects.count() == 2 and holds()


def test_only_a_keeper_of_that_branch_moves_its_parts() -> None:
    branch = make_branch("SH")
    part, store, van = make_part(), make_place(branch=branch), make_place("van", "Van", branch=branch)
    make_stock(part, store, 2)
    given: dict[str, Any] = {
        "source": store,
        "target": van,
        "part": part,
        "quantity": Decimal(1),
        "at": timezone.now(),
        "document": uuid7(),
    }
    with pytest.raises(NoRight):
        transfer(actor=make_actor("dana", "dispatcher", branch=branch.pk), **given)
    with pytest.raises(NotFound):
        transfer(actor=make_actor("sam", "storekeeper", branch=make_branch("HZ").pk), **given)
    transfer(actor=make_actor("sue", "storekeeper", branch=branch.pk), **given)
    assert Deed.objects.filter(verb="stock.transfer", outcome="done").count() == 1
