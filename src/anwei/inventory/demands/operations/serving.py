"""Giving pieces that came in to who waits for them."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F

from anwei.core.operation import record, running_deed
from anwei.inventory.demands.models import Demand
from anwei.inventory.demands.operations.asking import hold
from anwei.inventory.parts.models import Part
from anwei.inventory.stock.models import Place
from anwei.inventory.stock.queries import available


def serve(*, part: Part, place: Place, at: datetime) -> list[Demand]:
    """Keep free pieces at a place for the branch's waiting demands within the running deed, and return those that were served.

    The soonest needed comes first; one for which too little is there is passed over. Each is recorded as `demands.served`, so that the
    order behind it wakes. What the store wanted for itself is met by lying there.
    """
    running_deed()
    store = place.parent or place
    waiting = Demand.objects.waiting().filter(part=part, branch=store.branch)
    in_turn = waiting.order_by(F("needed_by").asc(nulls_last=True), "urgency", "id")
    served = []
    for demand in in_turn.select_for_update(of=("self",), no_key=True).select_related("part", "place"):
        free = available(part, store)
        if free <= 0:
            break
        if free >= demand.quantity:
            _give(demand, store, at)
            served.append(demand)
    return served


def _give(demand: Demand, store: Place, at: datetime) -> None:
    if demand.for_stock:
        demand.state = Demand.State.MET
        demand.save()
        record(demand, "demands.met", at=at)
        return
    hold(demand, store)
    record(demand, "demands.served", at=at)


def put_on_order(demands: Iterable[Demand], *, at: datetime) -> None:
    """Say within the running deed that these demands, locked by the caller, stand on a purchase order."""
    for demand in demands:
        demand.state = Demand.State.ORDERED
        demand.save()
        record(demand, "demands.ordered", at=at)


def back_to_short(demands: Iterable[Demand], *, at: datetime) -> None:
    """Say within the running deed that what was ordered for these demands does not come."""
    wanted = [demand.pk for demand in demands]
    rows = Demand.objects.filter(pk__in=wanted, state=Demand.State.ORDERED).order_by("pk")
    for demand in rows.select_for_update(of=("self",), no_key=True):
        demand.state = Demand.State.SHORT
        demand.save()
        record(demand, "demands.short", at=at)
