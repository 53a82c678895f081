"""Two dispatchers at once, with real commits."""

import threading
from collections.abc import Callable
from datetime import timedelta

from django.db import DatabaseError, connection
from django.utils import timezone

from anwei.core.errors import Refusal
from anwei.core.flow.errors import NoSuchStep
from anwei.workorders.dispatch.errors import EngineerElsewhere
from anwei.workorders.dispatch.operations import assign
from anwei.workorders.dispatch.tests.factory import make_engineer, make_order, make_shop
from anwei.workorders.visits.models import Visit

HOUR = timedelta(hours=1)
MANY = 8


def race(act: Callable[[int], object]) -> list[Exception | None]:
    """Let threads start at once; return what each met."""
    barrier = threading.Barrier(MANY)
    met: list[Exception | None] = [None] * MANY

    def run(number: int) -> None:
        try:
            barrier.wait()
            act(number)
        except (Refusal, DatabaseError) as error:
            met[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(MANY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return met


def test_of_many_who_assign_the_same_order_one_wins(committed: str) -> None:
    shop = make_shop()
    order, now = make_order(shop), timezone.now()
    people = [make_engineer(shop, f"E{number}") for number in range(MANY)]
    met = race(lambda n: assign(actor=shop.dana, order=order, engineer=people[n], from_at=now + HOUR, to_at=now + 2 * HOUR, at=now))
    assert met.count(None) == 1 and all(isinstance(m, NoSuchStep) for m in met if m)
    assert Visit.objects.count() == 1


def test_of_many_who_want_an_engineers_hour_one_gets_it(committed: str) -> None:
    shop = make_shop()
    tom, now = make_engineer(shop, "Tom"), timezone.now()
    orders = [make_order(shop) for _number in range(MANY)]
    met = race(lambda n: assign(actor=shop.dana, order=orders[n], engineer=tom, from_at=now + HOUR, to_at=now + 2 * HOUR, at=now))
    assert met.count(None) == 1 and all(isinstance(m, EngineerElsewhere) for m in met if m)
    assert Visit.objects.count() == 1
