from collections.abc import Collection
from decimal import Decimal
from uuid import UUID

from django.db.models import DateField, F, OuterRef, Q, Subquery, Sum
from django.utils import timezone

from anwei.core.actor import Actor
from anwei.inventory.parts.models import Part
from anwei.inventory.stock.models import Balance, Condition, Expiry, Place, within
from anwei.inventory.stock.models.pieces import BalanceRows


def with_expiry(rows: BalanceRows) -> BalanceRows:
    """Return balances with the day until which they may be used as `expires_on`, none where no day is known."""
    known = Expiry.objects.filter(part=OuterRef("part"), lot=OuterRef("lot"), serial=OuterRef("serial")).values("expires_on")[:1]
    return rows.annotate(expires_on=Subquery(known, output_field=DateField()))


def usable(rows: BalanceRows) -> BalanceRows:
    """Return balances of good pieces of ours that have not expired."""
    fresh = Q(expires_on=None) | Q(expires_on__gte=timezone.localdate())
    return with_expiry(rows.filter(condition=Condition.GOOD, owner=None, is_outside=False, quantity__gt=0)).filter(fresh)


def available(part: Part, place: Place) -> Decimal:
    """Return how many usable pieces of a part lie at a place, its bins included, that are held for nobody."""
    rows = usable(Balance.objects.filter(part=part, place__in=within(place)))
    return rows.aggregate(free=Sum(F("quantity") - F("held")))["free"] or Decimal(0)


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
