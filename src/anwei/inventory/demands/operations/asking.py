"""Asking for parts: from one's own van, the branch's stores, other stores of ours; else they are short."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from anwei.core.actor import Actor
from anwei.core.ids import uuid7
from anwei.core.operation import operation, record, running_deed
from anwei.inventory.demands.errors import NothingWanted
from anwei.inventory.demands.models import STOCK, Demand
from anwei.inventory.demands.permissions import WANT
from anwei.inventory.parts.models import Part
from anwei.inventory.stock.models import Place, Reservation
from anwei.inventory.stock.operations import release, reserve
from anwei.inventory.stock.queries import available
from anwei.inventory.stock.rules import AVAILABLE


def ask(
    *, part: Part, quantity: Decimal, place: Place, cause: str, cause_id: UUID, label: str, at: datetime,
    needed_by: datetime | None = None, device_down: bool = False,
) -> Demand:  # fmt: skip
    """Ask within the running deed for pieces at a place: kept where they lie, or short until they are bought.

    Looked for in the place itself, then in the stores of its branch, then in other stores of ours; a substitute is never taken.

    :raises NothingWanted: the quantity is not above zero
    """
    running_deed()
    if quantity <= 0:
        raise NothingWanted(field="quantity")
    demand = Demand.objects.create(
        part=part, quantity=quantity, branch=place.branch, place=place, cause=cause, cause_id=cause_id, label=label[:60],
        needed_by=needed_by, urgency=Demand.Urgency.DEVICE_DOWN if device_down else Demand.Urgency.ORDER, asked_at=at,
    )  # fmt: skip
    found = next((here for here in _places_for(place) if available(part, here) >= quantity), None)
    if found:
        hold(demand, found)
    record(demand, "demands.reserved" if found else "demands.short", at=at)
    return demand


def _places_for(place: Place) -> Iterator[Place]:
    if place.kind in AVAILABLE:
        yield place
    stores = Place.objects.filter(kind=Place.Kind.STORE).exclude(pk=place.pk).order_by("name", "pk")
    yield from stores.filter(branch=place.branch)
    yield from stores.exclude(branch=place.branch)


def hold(demand: Demand, place: Place) -> None:
    """Keep the pieces of a demand at a place within the running deed.

    :raises NotEnoughStock: somebody took them meanwhile
    """
    reserve(part=demand.part, place=place, quantity=demand.quantity, cause=Demand._meta.label, cause_id=demand.pk, label=demand.label)
    demand.state = Demand.State.ISSUED if place.pk == demand.place_id else Demand.State.RESERVED
    demand.held_at = place
    demand.save()


def reservations_of(demand: Demand) -> list[Reservation]:
    """Return what is kept for a demand."""
    return list(Reservation.objects.held().filter(cause_id=demand.pk).select_related("place", "part").order_by("pk"))


def cancel(demand: Demand, *, at: datetime) -> None:
    """Take a demand back within the running deed and let its pieces go; one that is over stays as it is."""
    _finish(demand, Demand.State.CANCELLED, at)


def meet(demand: Demand, *, at: datetime) -> None:
    """Say within the running deed that a demand has got its pieces; what is still kept for it is let go."""
    _finish(demand, Demand.State.MET, at)


def _finish(demand: Demand, state: Demand.State, at: datetime) -> None:
    running_deed()
    found = Demand.objects.select_for_update(of=("self",), no_key=True).exclude(state__in=Demand.OVER).filter(pk=demand.pk).first()
    if found is None:
        return
    release(reservations_of(found))
    found.state, found.held_at = state, None
    found.save()
    record(found, f"demands.{state.value}", at=at)


@operation("demands.want", right=WANT, on="place")
def want(
    *, actor: Actor, place: Place, part: Part, quantity: Decimal, at: datetime, needed_by: datetime | None = None, note: str = ""
) -> Demand:
    """Ask for parts to be bought for a store.

    :raises NothingWanted: the quantity is not above zero
    """
    if quantity <= 0:
        raise NothingWanted(field="quantity")
    demand = Demand.objects.create(
        part=part, quantity=quantity, branch=place.branch, place=place, cause=STOCK, cause_id=uuid7(), needed_by=needed_by,
        urgency=Demand.Urgency.STOCK, asked_at=at, note=note.strip(),
    )  # fmt: skip
    record(demand, "demands.short", at=at)
    return demand
