from collections.abc import Collection
from decimal import Decimal
from uuid import UUID

from django.db.models import DateField, F, OuterRef, Q, Subquery, Sum
from django.utils import timezone

from anwei.core.actor import Actor
from anwei.foundation.staff.models import Engineer
from anwei.inventory.parts.models import Part
from anwei.inventory.stock.models import Balance, Condition, Due, Expiry, Place, Transfer, within
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


def own_van(actor: Actor) -> Place | None:
    """Return the van of the engineer who acts."""
    engineer = Engineer.objects.filter(user_id__in=[actor.id]).first()
    return van_of(engineer.pk) if engineer else None


def colleagues(actor: Actor) -> list[tuple[UUID, str]]:
    """Return the other engineers who have a van, those of one's own branch first: key and name."""
    own = own_van(actor)
    vans = Place.objects.filter(kind=Place.Kind.VAN).exclude(record=None).exclude(pk__in=[own.pk] if own else [])
    near = own.branch_id if own else None
    others = Engineer.objects.active().filter(pk__in=vans.values("record")).select_related("branch")
    return [(e.pk, f"{e.name} · {e.branch.code}") for e in sorted(others, key=lambda e: (e.branch_id != near, e.branch.code, e.name))]


def stores(actor: Actor) -> list[Place]:
    """Return every store of ours, for who may send there: names are no secret inside the company."""
    return list(Place.objects.filter(kind=Place.Kind.STORE).order_by("name")) if actor.side in ("ours", "system") else []


def late_count(actor: Actor) -> int:
    """Return how many pieces should have come back already."""
    late = Due.objects.visible_to(actor).filter(state__in=[Due.State.OPEN, Due.State.NOT_CLEAN], due_on__lt=timezone.localdate())
    return late.count()


def dues_of(van: Place | None) -> list[Due]:
    """Return what the holder of a van still has to bring back, the most urgent first."""
    if van is None:
        return []
    mine = Due.objects.filter(holder=van, state__in=[Due.State.OPEN, Due.State.NOT_CLEAN])
    return list(mine.select_related("part", "place").order_by("due_on", "id"))


def coming_to(van: Place | None) -> list[Transfer]:
    """Return what colleagues and stores have sent to a van and what is not accepted yet."""
    if van is None:
        return []
    open_ = Transfer.objects.filter(target=van, state__in=[Transfer.State.SENT, Transfer.State.SHORT])
    return list(open_.select_related("source").prefetch_related("lines__part").order_by("sent_at"))
