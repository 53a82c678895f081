"""Many hands at one bin, with real commits."""

import random
import threading
from collections.abc import Callable
from decimal import Decimal

from django.db import DatabaseError, connection
from django.utils import timezone

from anwei.core.actor import Actor
from anwei.core.errors import Refusal
from anwei.core.ids import uuid7
from anwei.core.operation import record
from anwei.core.registers import registers
from anwei.foundation.accounts.queries import system_actor
from anwei.inventory.parts.tests.factory import make_part
from anwei.inventory.stock.errors import HeldForOthers, NotEnoughStock, SerialElsewhere
from anwei.inventory.stock.models import Balance
from anwei.inventory.stock.operations import receive, reserve, transfer
from anwei.inventory.stock.tests.factory import make_place, make_stock
from tests.trail.factory import deed


def race(takers: int, take: Callable[[int], object]) -> list[BaseException | None]:
    """Let threads start at once; return what each met."""
    barrier = threading.Barrier(takers)
    met: list[BaseException | None] = [None] * takers

    def run(number: int) -> None:
        try:
            barrier.wait()
            take(number)
        except (Refusal, DatabaseError) as error:
            met[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(takers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return met


def test_ten_pieces_are_taken_ten_times(committed: str) -> None:
    part, store, van = make_part(), make_place(), make_place("van", "Van")
    make_stock(part, store, 10)
    at = timezone.now()
    met = race(
        24, lambda n: transfer(actor=system_actor(), source=store, target=van, part=part, quantity=Decimal(1), at=at, document=uuid7())
    )
    assert met.count(None) == 10
    assert all(isinstance(m, NotEnoughStock) for m in met if m is not None)
    assert Balance.objects.get(place=store).quantity == 0 and Balance.objects.get(place=van).quantity == 10


def test_of_ten_pieces_sixty_four_requests_keep_or_take_ten(committed: str) -> None:
    """T01: reserving and taking race for the same lot; nobody meets an error of the database."""
    part, store, van = make_part(tracking="lot"), make_place(), make_place("van", "Van")
    make_stock(part, store, 10, lot="L1")
    at = timezone.now()

    @deed
    def keep(*, actor: Actor) -> None:
        record(reserve(part=part, place=store, quantity=Decimal(1), cause="tests", cause_id=uuid7(), label="T01")[0], "stock.reserved")

    def take(number: int) -> object:
        if number % 2:
            return keep(actor=system_actor())
        return transfer(actor=system_actor(), source=store, target=van, part=part, quantity=Decimal(1), lot="L1", at=at, document=uuid7())

    met = race(64, take)
    assert met.count(None) == 10
    assert all(isinstance(m, NotEnoughStock | HeldForOthers) for m in met if m is not None)
    balance = Balance.objects.get(place=store)
    assert balance.quantity == balance.held
    assert sum(Balance.objects.filter(is_outside=False).values_list("quantity", flat=True)) == 10
    assert all(not i.broken() for i in registers.invariants if i.name in ("held_is_reserved", "moves_make_balances"))


def test_one_serial_number_comes_into_stock_once_however_it_is_written(committed: str) -> None:
    """T03: thirty-two receipts of one piece, in other letters, widths and spaces, into three places."""
    part, supplier = make_part(tracking="serial"), make_place("supplier", "Supplier")
    places = [make_place(name=f"Store {n}") for n in range(3)]
    spellings = ["FS-2210a", "fs-2210A", "ＦＳ－２２１０Ａ", " FS-2210 A", "FS–2210A"]
    at = timezone.now()

    def receive_it(number: int) -> object:
        return receive(
            actor=system_actor(), target=places[number % 3], source=supplier, part=part, quantity=Decimal(1), unit_cost=Decimal(5), at=at,
            serial=spellings[number % 5], document=uuid7(),
        )  # fmt: skip

    met = race(32, receive_it)
    assert met.count(None) == 1
    assert all(isinstance(m, SerialElsewhere) for m in met if m is not None)
    assert Balance.objects.filter(is_outside=False, quantity__gt=0).get().serial == "FS-2210A"


def test_moves_in_both_directions_never_wait_in_a_circle(committed: str) -> None:
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    chance = random.Random(seed)
    part, places = make_part(), [make_place(name=f"Store {n}") for n in range(3)]
    for place in places:
        make_stock(part, place, 40)
    pairs = [chance.sample(places, 2) for _ in range(16)]
    at = timezone.now()

    def take(number: int) -> None:
        source, target = pairs[number]
        for _turn in range(4):
            transfer(
                actor=system_actor(), source=source, target=target, part=part, quantity=Decimal(1), at=at, document=uuid7(), kind="relocate"
            )

    assert race(16, take).count(None) == 16
    assert all(not i.broken() for i in registers.invariants if i.name in ("moves_make_balances", "stock_is_in_the_books"))
