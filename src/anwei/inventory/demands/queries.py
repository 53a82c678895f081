"""What is wanted, what waits to be issued, and what could be taken instead."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q

from anwei.core.actor import Actor
from anwei.core.errors import NotFound
from anwei.inventory.demands.models import Demand
from anwei.inventory.parts.models import Part, Substitute
from anwei.inventory.stock.models import Place, Reservation
from anwei.inventory.stock.models.pieces import Balance
from anwei.inventory.stock.queries import usable


@dataclass(frozen=True, slots=True)
class Instead:
    """A substitute that lies somewhere, free: offered, never taken by itself."""

    part: Part
    place: Place
    free: Decimal
    note: str


@dataclass(frozen=True, slots=True)
class Free:
    """How many pieces of a part are free: in one's own van, in the stores of its branch, in other stores of ours."""

    own: Decimal = Decimal(0)
    near: Decimal = Decimal(0)
    far: Decimal = Decimal(0)


def free_for(parts: Collection[UUID], place: Place) -> dict[UUID, Free]:
    """Return how many pieces of each part are free for a place, looked for as asking looks for them."""
    shelves = Q(place__kind__in=(Place.Kind.STORE, Place.Kind.BIN))
    lying = usable(Balance.objects.filter(Q(place=place) | shelves, part__in=parts)).select_related("place")
    found: dict[UUID, Free] = dict.fromkeys(parts, Free())
    for balance in lying:
        where = "own" if balance.place_id == place.pk else "near" if balance.place.branch_id == place.branch_id else "far"
        free = found[balance.part_id]
        found[balance.part_id] = replace(free, **{where: getattr(free, where) + balance.quantity - balance.held})
    return found


def demands_of(cause: str, cause_id: UUID) -> list[Demand]:
    """Return the demands of one cause."""
    return list(Demand.objects.filter(cause=cause, cause_id=cause_id).select_related("part", "place", "held_at").order_by("pk"))


def demand_of(actor: Actor, id: UUID) -> Demand:
    """Return one demand.

    :raises NotFound: there is none that this actor may see
    """
    rows = Demand.objects.visible_to(actor).select_related("part", "place", "branch", "held_at")
    if (found := rows.filter(pk=id).first()) is None:
        raise NotFound(kind="demand")
    return found


def to_issue(actor: Actor) -> list[dict[str, Any]]:
    """Return the vans for which pieces are kept: `{place, place__name, lines, soonest}`, the soonest need first."""
    rows: Any = Demand.objects.visible_to(actor).filter(state=Demand.State.RESERVED, place__kind=Place.Kind.VAN)
    vans = rows.values("place", "place__name").annotate(lines=Count("pk"), soonest=Min("needed_by"))
    return list(vans.order_by("soonest", "place__name"))


def kept_for(demands: Collection[Demand]) -> dict[UUID, list[Reservation]]:
    """Return what is kept for each of these demands."""
    found: dict[UUID, list[Reservation]] = {demand.pk: [] for demand in demands}
    for reservation in Reservation.objects.held().filter(cause_id__in=found).select_related("place").order_by("pk"):
        found[reservation.cause_id].append(reservation)
    return found


def instead_of(parts: Collection[Part], *, branch: UUID | None = None) -> dict[UUID, list[Instead]]:
    """Return for each of these parts the substitutes that lie free in stores, those of the branch first."""
    notes = _substitutes(parts)
    others = {other for found in notes.values() for other in found}
    lying = usable(Balance.objects.filter(part__in=others, place__kind__in=(Place.Kind.STORE, Place.Kind.BIN)))
    free: dict[tuple[Part, Place], Decimal] = defaultdict(Decimal)
    for balance in lying.select_related("part", "place__parent"):
        free[balance.part, balance.place.parent or balance.place] += balance.quantity - balance.held
    offered = sorted((o for o, left in free.items() if left > 0), key=lambda o: (o[1].branch_id != branch, o[0].number, o[1].name))
    return {
        part: [Instead(other, store, free[other, store], found[other.pk]) for other, store in offered if other.pk in found]
        for part, found in notes.items()
    }


def _substitutes(parts: Collection[Part]) -> dict[UUID, dict[UUID, str]]:
    """Return for each part the parts that may stand in for it, with the note on it."""
    notes: dict[UUID, dict[UUID, str]] = {part.pk: {} for part in parts}
    for row in Substitute.objects.filter(Q(part__in=notes) | Q(other__in=notes, both_ways=True)):
        if row.part_id in notes:
            notes[row.part_id][row.other_id] = row.note
        if row.other_id in notes and row.both_ways:
            notes[row.other_id][row.part_id] = row.note
    for part in parts:
        if part.superseded_by_id:
            notes[part.pk].setdefault(part.superseded_by_id, "")
    return notes
