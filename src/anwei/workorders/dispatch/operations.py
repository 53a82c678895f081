"""Sending an engineer, and taking the job back."""

from datetime import datetime

from anwei.core.actor import Actor
from anwei.core.operation import operation
from anwei.core.wording import when
from anwei.foundation.staff.models import Absence, Engineer
from anwei.workorders.dispatch.errors import EngineerAbsent, EngineerElsewhere, VisitHasNoLength
from anwei.workorders.dispatch.permissions import ASSIGN
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.orders.operations import advance
from anwei.workorders.visits.models import Visit
from anwei.workorders.visits.operations import OPEN, cancel_visits, put_visit


@operation("dispatch.assign", right=ASSIGN, on="order")
def assign(
    *,
    actor: Actor,
    order: WorkOrder,
    engineer: Engineer,
    from_at: datetime,
    to_at: datetime,
    at: datetime,
    reasons: list[str] | None = None,
) -> Visit:
    """Assign an order to an engineer for an appointment; they get to see it, and a line in their inbox.

    :raises VisitHasNoLength: the appointment ends before it begins
    :raises EngineerAbsent: they are away at that time
    :raises EngineerElsewhere: they have another appointment then
    :raises ConditionNotMet: they lack a skill, or a certificate has expired
    :raises NoSuchStep: the order is not waiting to be dispatched
    """
    if to_at <= from_at:
        raise VisitHasNoLength
    # one dispatcher at a time plans an engineer's day
    engineer = Engineer.objects.select_for_update(no_key=True).get(pk=engineer.pk)
    if Absence.objects.filter(engineer=engineer).overlapping(from_at, to_at).exists():
        raise EngineerAbsent(engineer=engineer.name)
    clash = Visit.objects.filter(engineer=engineer, state__in=OPEN, from_at__lt=to_at, to_at__gt=from_at).first()
    if clash:
        raise EngineerElsewhere(engineer=engineer.name, from_at=when(clash.from_at), to_at=when(clash.to_at))
    order.engineer = engineer
    advance(actor=actor, order=order, verb="assign", at=at, engineer=engineer)
    return put_visit(order=order, engineer=engineer, from_at=from_at, to_at=to_at, reasons=reasons or [], at=at)


@operation("dispatch.take_back", right=ASSIGN, on="order")
def take_back(*, actor: Actor, order: WorkOrder, reason: str, at: datetime) -> WorkOrder:
    """Take a job back from its engineer: the appointment is cancelled, the order waits to be dispatched again.

    :raises NoSuchStep: the engineer is on site already
    :raises FieldMissing: no reason was given
    """
    advance(actor=actor, order=order, verb="unassign", at=at, fields={"reason": reason})
    cancel_visits(order=order, at=at)
    order.engineer = None
    order.save()
    return order


@operation("dispatch.reassign", right=ASSIGN, on="order")
def reassign(
    *,
    actor: Actor,
    order: WorkOrder,
    engineer: Engineer,
    from_at: datetime,
    to_at: datetime,
    reason: str,
    at: datetime,
    reasons: list[str] | None = None,
) -> Visit:
    """Give a job to another engineer or another time in one deed: who had it is told, who gets it too.

    :raises NoSuchStep: the engineer is on site already
    :raises FieldMissing: no reason was given
    :raises Refusal: as `assign` refuses; then nothing is changed
    """
    free = take_back(actor=actor, order=order, reason=reason, at=at)
    return assign(actor=actor, order=free, engineer=engineer, from_at=from_at, to_at=to_at, at=at, reasons=reasons)
