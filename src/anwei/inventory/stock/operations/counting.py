"""Counting a place: blind, compared at that moment, and corrected only with a second person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from anwei.core.actor import Actor
from anwei.core.operation import operation, record
from anwei.inventory.parts.models import Part
from anwei.inventory.stock.errors import CountDecided, CountedTwice, CountOvertaken, CountWaits, NoQuantity, OwnCount
from anwei.inventory.stock.models import Balance, Condition, Count, CountLine, Move, Place
from anwei.inventory.stock.operations.deeds import area_of
from anwei.inventory.stock.operations.moving import Cause, Pieces, post_move
from anwei.inventory.stock.permissions import APPROVE_COUNT, COUNT_STOCK

LINE = "stock.CountLine"


@dataclass(frozen=True, slots=True)
class Counted:
    """What one counted of a part, by lot or serial number and condition."""

    part: Part
    quantity: Decimal
    lot: str = ""
    serial: str = ""
    condition: str = Condition.GOOD


class Key(NamedTuple):
    """What tells apart what lies in a place."""

    part: UUID
    lot: str
    serial: str
    condition: str


@operation("stock.count", right=COUNT_STOCK, on="place")
def count(*, actor: Actor, place: Place, lines: list[Counted], at: datetime) -> Count:
    """Write down what was counted in a place; what is there by the books and was not counted counts as nothing.

    Without a difference the count is done. With one it waits for a second person, and nothing is changed until then.

    :raises CountWaits: an earlier count of the place waits still
    :raises CountedTwice: one piece or lot stands in two lines
    :raises NoQuantity: a quantity is below zero
    """
    if Count.objects.filter(place=place, state=Count.State.DIFFERS).exists():
        raise CountWaits(place=place.name)
    told = _told(lines)
    booked = {
        Key(b.part_id, b.lot, b.serial, b.condition): b.quantity
        for b in Balance.objects.filter(place=place, owner=None)
        .exclude(quantity=0)
        .order_by("part_id", "lot", "serial")
        .select_for_update()
    }
    keys = sorted({*told, *booked}, key=str)
    differs = any(told.get(key, Decimal(0)) != booked.get(key, Decimal(0)) for key in keys)
    state = Count.State.DIFFERS if differs else Count.State.AGREES
    made = Count.objects.create(place=place, state=state, counter=actor.name, counter_id=actor.id, counted_at=at)
    CountLine.objects.bulk_create(
        [
            CountLine(
                count=made, part_id=key.part, lot=key.lot, serial=key.serial, condition=key.condition,
                expected=booked.get(key, Decimal(0)), counted=told.get(key, Decimal(0)),
            )
            for key in keys
        ]
    )  # fmt: skip
    record(made, f"stock.count_{state.value}", at=at)
    return made


def _told(lines: Sequence[Counted]) -> dict[Key, Decimal]:
    told: dict[Key, Decimal] = {}
    for line in lines:
        pieces = Pieces(line.part, line.quantity, line.serial, line.lot, line.condition)
        key = Key(line.part.pk, pieces.lot, pieces.serial, pieces.condition)
        if key in told:
            raise CountedTwice(part=line.part.number, piece=pieces.serial or pieces.lot)
        if line.quantity < 0:
            raise NoQuantity
        told[key] = line.quantity
    return told


@operation("stock.approve_count", right=APPROVE_COUNT, on="count")
def approve_count(*, actor: Actor, count: Count, at: datetime, note: str = "") -> Count:
    """Approve the difference that another person counted: stock and books follow it.

    :raises OwnCount: the same person counted
    :raises CountDecided: it was decided, or nothing differed
    :raises CountOvertaken: parts of the place moved since
    :raises HeldForOthers: a piece that lacks is kept for somebody; release it first
    """
    if count.state != Count.State.DIFFERS:
        raise CountDecided
    if actor.id is not None and actor.id == count.counter_id:
        raise OwnCount
    place = Place.objects.select_for_update(no_key=True).get(pk=count.place_id)
    if Move.objects.filter(Q(source=place) | Q(target=place), created_at__gt=count.created_at).exists():
        raise CountOvertaken(place=place.name)
    _post_differences(actor, count, place, at)
    return _decide(actor, count, Count.State.APPROVED, note, at)


def _post_differences(actor: Actor, count: Count, place: Place, at: datetime) -> None:
    difference = area_of(None, Place.Kind.ADJUSTMENT)
    for line in count.lines.select_related("part").order_by("part_id", "lot", "serial", "condition"):
        more = line.counted - line.expected
        if not more:
            continue
        pieces = Pieces(line.part, abs(more), line.serial, line.lot, line.condition)
        kind, source, target = ("count_more", difference, place) if more > 0 else ("count_less", place, difference)
        post_move(
            kind=kind, source=source, target=target, pieces=pieces, cause=Cause(LINE, line.pk, kind), at=at,
            unit_cost=line.part.cost if more > 0 else None, approved_by=actor.id or count.pk,
        )  # fmt: skip


@operation("stock.discard_count", right=APPROVE_COUNT, on="count")
def discard_count(*, actor: Actor, count: Count, at: datetime, note: str = "") -> Count:
    """Set a count aside: nothing is changed, the place is to be counted again.

    :raises CountDecided: it was decided, or nothing differed
    """
    if count.state != Count.State.DIFFERS:
        raise CountDecided
    return _decide(actor, count, Count.State.DISCARDED, note, at)


def _decide(actor: Actor, count: Count, state: Count.State, note: str, at: datetime) -> Count:
    count.state, count.approver, count.decided_at, count.note = state, actor.name, at, note.strip()
    count.save()
    record(count, f"stock.count_{state.value}", at=at)
    return count
