"""Many hands at one bin, with real commits."""

import random
import threading
from collections.abc import Callable
from decimal import Decimal

from django.db import DatabaseError, connection
from django.utils import timezone

from anwei.core.errors import Refusal
from anwei.core.ids import uuid7
from anwei.core.registers import registers
from anwei.foundation.accounts.queries import system_actor
from anwei.inventory.parts.tests.factory import make_part
from anwei.inventory.stock.errors import NotEnoughStock
from anwei.inventory.stock.models import Balance
from anwei.inventory.stock.operations import transfer
from anwei.inventory.stock.tests.factory import make_place, make_stock


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
            transfer(actor=system_actor(), source=source, target=target, part=part, quantity=Decimal(1), at=at, document=uuid7())

    assert race(16, take).count(None) == 16
    assert all(not i.broken() for i in registers.invariants if i.name in ("moves_make_balances", "stock_is_in_the_books"))
