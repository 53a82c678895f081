from uuid import UUID

from anwei.core.actor import Actor
from anwei.inventory.stock.models import Balance, Place


def in_place(actor: Actor, place: Place) -> list[Balance]:
    """Return what lies at a place, by part."""
    rows = Balance.objects.visible_to(actor).filter(place=place, quantity__gt=0).select_related("part")
    return list(rows.order_by("part__number", "serial", "lot"))


def van_of(engineer: UUID) -> Place | None:
    """Return an engineer's van."""
    return Place.objects.filter(kind=Place.Kind.VAN, record=engineer).first()


def vans_holding(part: UUID, vans: list[UUID]) -> set[UUID]:
    """Return which engineers (by id) have a good piece of a part in their van."""
    rows = Balance.objects.filter(part_id=part, condition="good", quantity__gt=0, place__kind=Place.Kind.VAN, place__record__in=vans)
    return {r for r in rows.values_list("place__record", flat=True) if r}
