from collections.abc import Collection
from uuid import UUID

from anwei.core.actor import Actor
from anwei.inventory.parts.models import Part
from anwei.inventory.stock.models import Balance, Place


def in_place(actor: Actor, place: Place) -> list[Balance]:
    """Return what lies at a place, by part."""
    rows = Balance.objects.visible_to(actor).filter(place=place, quantity__gt=0).select_related("part")
    return list(rows.order_by("part__number", "serial", "lot"))


def van_of(engineer: UUID) -> Place | None:
    """Return an engineer's van."""
    return Place.objects.filter(kind=Place.Kind.VAN, record=engineer).first()


def pieces_in_vans(parts: Collection[UUID], engineers: Collection[UUID]) -> dict[UUID, list[Part]]:
    """Return which of these parts lie in good condition in whose van: engineer → parts."""
    rows = Balance.objects.filter(part__in=parts, condition="good", quantity__gt=0, place__kind=Place.Kind.VAN, place__record__in=engineers)
    found: dict[UUID, list[Part]] = {}
    for balance in rows.select_related("part", "place").order_by("part__number"):
        if balance.place.record and balance.part not in found.setdefault(balance.place.record, []):
            found[balance.place.record].append(balance.part)
    return found


def vans_holding(part: UUID, vans: list[UUID]) -> set[UUID]:
    """Return which engineers (by id) have a good piece of a part in their van."""
    rows = Balance.objects.filter(part_id=part, condition="good", quantity__gt=0, place__kind=Place.Kind.VAN, place__record__in=vans)
    return {r for r in rows.values_list("place__record", flat=True) if r}
