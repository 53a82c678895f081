"""Appointments, written within the deed of who plans them."""

from collections.abc import Sequence
from datetime import datetime

from anwei.core.actor import Actor
from anwei.core.operation import record, running_deed
from anwei.foundation.staff.models import Engineer
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.visits.errors import NoOpenVisit, NotYourVisit
from anwei.workorders.visits.models import Visit

OPEN = [Visit.State.PLANNED, Visit.State.ACCEPTED, Visit.State.TRAVELLING, Visit.State.ON_SITE, Visit.State.WORKING]


def put_visit(*, order: WorkOrder, engineer: Engineer, from_at: datetime, to_at: datetime, reasons: Sequence[str], at: datetime) -> Visit:
    """Write an appointment within the running deed; one that is still open ends: what was done on it stays."""
    running_deed()
    _end_open(order, at)
    visit = Visit.objects.create(order=order, engineer=engineer, from_at=from_at, to_at=to_at, reasons=list(reasons))
    record(visit, "visits.planned", at=at)
    return visit


def _end_open(order: WorkOrder, at: datetime) -> None:
    for visit in Visit.objects.select_for_update().filter(order=order, state__in=OPEN):
        worked = visit.arrived_at is not None
        visit.state = Visit.State.DONE if worked else Visit.State.CANCELLED
        visit.finished_at = at if worked else None
        visit.save()
        record(visit, "visits.ended" if worked else "visits.cancelled", at=at)


def cancel_visits(*, order: WorkOrder, at: datetime) -> int:
    """Cancel the open appointments of an order within the running deed; return how many there were."""
    running_deed()
    visits = list(Visit.objects.select_for_update().filter(order=order, state__in=OPEN))
    for visit in visits:
        visit.state = Visit.State.CANCELLED
        visit.save()
        record(visit, "visits.cancelled", at=at)
    return len(visits)


def own_visit(actor: Actor, order: WorkOrder) -> Visit:
    """Return the open appointment of a locked order if it is the actor's own.

    :raises NoOpenVisit: the order has none
    :raises NotYourVisit: it is somebody else's
    """
    visit = Visit.objects.select_related("engineer").filter(order=order, state__in=OPEN).first()
    if visit is None:
        raise NoOpenVisit
    if visit.engineer.user_id is None or visit.engineer.user_id != actor.id:
        raise NotYourVisit
    return visit
