from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from anwei.core.actor import Actor
from anwei.core.ids import uuid7
from anwei.core.operation import record, unchanged
from anwei.core.registers import registers
from anwei.foundation.accounts.queries import system_actor
from anwei.inventory.parts.models import Part
from anwei.inventory.parts.tests.factory import make_part
from anwei.inventory.stock.errors import HeldForOthers, NotEnoughStock
from anwei.inventory.stock.models import Balance, Move, Place, Reservation
from anwei.inventory.stock.operations import Cause, Pieces, note_expiry, post_move, release, reserve
from anwei.inventory.stock.queries import available
from anwei.inventory.stock.tests.factory import make_place, make_stock
from tests.trail.factory import deed

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("test")


@deed
def keep(*, actor: Actor, part: Part, place: Place, quantity: int, cause_id: UUID, serial: str = "") -> list[Reservation]:
    made = reserve(
        part=part, place=place, quantity=Decimal(quantity), cause="tests.Need", cause_id=cause_id, label="SH-2611-0001", serial=serial
    )
    record(made[0], "stock.reserved")
    return made


@deed
def let_go(*, actor: Actor, made: list[Reservation]) -> int:
    unchanged()
    return release(made)


@deed
def issue(*, actor: Actor, part: Part, source: Place, target: Place, quantity: int, serves: tuple[UUID, ...] = (), lot: str = "") -> Move:
    move = post_move(
        kind="issue_van", source=source, target=target, pieces=Pieces(part, Decimal(quantity), lot=lot), cause=Cause("tests", uuid7(), "x"),
        at=timezone.now(), serves=serves,
    )  # fmt: skip
    record(move, "stock.issued")
    return move


@deed
def note(*, actor: Actor, part: Part, lot: str, days: int) -> None:
    record(note_expiry(part, timezone.localdate() + timedelta(days=days), lot=lot), "stock.expiry_noted")


def test_what_is_kept_for_one_is_not_taken_for_another() -> None:
    part, store, van, cause = make_part(), make_place(), make_place("van", "Van"), uuid7()
    make_stock(part, store, 3)
    keep(actor=SYSTEM, part=part, place=store, quantity=2, cause_id=cause)
    assert available(part, store) == 1
    with pytest.raises(HeldForOthers) as refused:
        issue(actor=SYSTEM, part=part, source=store, target=van, quantity=2)
    assert "SH-2611-0001" in str(refused.value)
    issue(actor=SYSTEM, part=part, source=store, target=van, quantity=1)
    issue(actor=SYSTEM, part=part, source=store, target=van, quantity=2, serves=(cause,))
    assert Reservation.objects.get().state == "used" and Balance.objects.get(place=store).held == 0
    assert holds()


def test_what_expires_first_is_kept_first_and_expired_pieces_never() -> None:
    part, store = make_part(tracking="lot"), make_place()
    for lot, days in (("LATE", 90), ("SOON", 5), ("GONE", -1)):
        make_stock(part, store, 2, lot=lot)
        note(actor=SYSTEM, part=part, lot=lot, days=days)
    assert available(part, store) == 4
    made = keep(actor=SYSTEM, part=part, place=store, quantity=3, cause_id=uuid7())
    assert [(r.lot, r.quantity) for r in made] == [("SOON", 2), ("LATE", 1)]
    with pytest.raises(NotEnoughStock):
        keep(actor=SYSTEM, part=part, place=store, quantity=2, cause_id=uuid7())
    assert Reservation.objects.count() == 2 and holds()


def test_bins_belong_to_what_a_store_has() -> None:
    part, store = make_part(), make_place()
    shelf = make_place("bin", "A-01", parent=store)
    make_stock(part, shelf, 2)
    (made,) = keep(actor=SYSTEM, part=part, place=store, quantity=2, cause_id=uuid7())
    assert made.place == shelf and available(part, store) == 0


def test_releasing_gives_back_once() -> None:
    part, store = make_part(), make_place()
    make_stock(part, store, 2)
    made = keep(actor=SYSTEM, part=part, place=store, quantity=2, cause_id=uuid7())
    assert let_go(actor=SYSTEM, made=made) == 1
    assert let_go(actor=SYSTEM, made=made) == 0
    assert available(part, store) == 2 and holds()


def test_the_database_itself_promises_no_piece_twice() -> None:
    part, store = make_part(), make_place()
    make_stock(part, store, 2)

    @deed
    def promise(*, actor: Actor) -> None:
        unchanged()
        with pytest.raises(IntegrityError, match="held_is_there"), transaction.atomic():
            Balance.objects.filter(place=store).update(held=3)

    promise(actor=SYSTEM)


def holds() -> bool:
    return all(not i.broken() for i in registers.invariants if i.name in ("held_is_reserved", "moves_make_balances"))
