"""What a warehouse has under way on any day: old parts to be judged, a transfer, a hand-over, a count that differs."""

from datetime import timedelta
from decimal import Decimal

from anwei.initialisation.demo.cast import Cast
from anwei.inventory.stock.models import Balance, Condition, Due, Place
from anwei.inventory.stock.operations import Counted, Taken, count, hand_in, hand_over, judge, send


def keep_house(cast: Cast) -> None:
    """Judge some old parts, send a few pieces to another branch, hand one to a colleague, count two bins."""
    _judge_old_parts(cast)
    _send(cast, "HZ", "CD")
    _hand_over(cast)
    for number, shelf in enumerate(cast.bins["HZ"][:2]):
        _count(cast, shelf, lacks=number == 0)


def _judge_old_parts(cast: Cast) -> None:
    owed = Due.objects.filter(state=Due.State.OPEN, holds_data=False).exclude(rule="unused").order_by("due_on", "id")
    for number, due in enumerate(owed[:6]):
        at = cast.now - timedelta(days=1)
        if number < 3:
            hand_in(actor=cast.system, due=due, at=at)
        elif number < 5:
            judge(actor=cast.system, due=due, fate=Due.Fate.DEFECTIVE if number == 3 else Due.Fate.MAKER, at=at, note="测试台检测")


def _free(place: Place) -> list[Balance]:
    rows = Balance.objects.filter(place=place, condition=Condition.GOOD, quantity__gt=0, held=0).select_related("part", "place")
    return list(rows.order_by("part__number", "serial", "lot"))


def _send(cast: Cast, source: str, target: str) -> None:
    lines = [Taken(piece) for shelf in cast.bins[source] for piece in _free(shelf)[:1]]
    send(
        actor=cast.system, source=cast.stores[source], to=cast.stores[target].pk, lines=lines, at=cast.now - timedelta(hours=20),
        note="顺丰 SF0000000001（示例）",
    )  # fmt: skip


def _hand_over(cast: Cast) -> None:
    receiver = next(e for e in cast.engineers if cast.engineer_users[e.pk] is cast.users["engineer"])
    sender = next(e for e in cast.engineers if e.branch_id == receiver.branch_id and e.pk != receiver.pk and _free(cast.vans[e.pk]))
    lines = [Taken(_free(cast.vans[sender.pk])[0])]
    hand_over(actor=cast.engineer_actor(sender), colleague=receiver.pk, lines=lines, at=cast.now - timedelta(hours=2), note="放在前台")


def _count(cast: Cast, shelf: Place, *, lacks: bool) -> None:
    """Count a bin as it is, or with one piece too few."""
    lines = [Counted(b.part, b.quantity, b.lot, b.serial, b.condition) for b in _free(shelf)]
    if lacks and lines:
        first = lines[0]
        lines[0] = Counted(first.part, first.quantity - Decimal(1), first.lot, first.serial, first.condition)
    count(actor=cast.system, place=shelf, lines=lines, at=cast.now - timedelta(hours=3))
