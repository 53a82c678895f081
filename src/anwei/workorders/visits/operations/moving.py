"""The engineer's own steps: each one tap, each with the time at which it happened."""

from datetime import datetime
from typing import Any

from anwei.core.actor import Actor
from anwei.core.operation import operation, record
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.orders.operations import advance
from anwei.workorders.visits.errors import UnknownFault
from anwei.workorders.visits.models import Visit
from anwei.workorders.visits.operations.planning import cancel_visits, own_visit
from anwei.workorders.visits.operations.requesting import wait_for_parts
from anwei.workorders.visits.permissions import WORK
from anwei.workorders.visits.queries import faults_of


def _step(actor: Actor, order: WorkOrder, verb: str, state: str, stamp: str, at: datetime, **given: Any) -> Visit:
    visit = own_visit(actor, order)
    advance(actor=actor, order=order, verb=verb, at=at, **given)
    visit.state = state
    if getattr(visit, stamp) is None:
        setattr(visit, stamp, at)
    visit.save()
    record(visit, f"visits.{verb}", at=at)
    return visit


@operation("visits.accept", right=WORK, on="order")
def accept(*, actor: Actor, order: WorkOrder, at: datetime) -> Visit:
    """Accept a job.

    :raises NoOpenVisit, NotYourVisit: it was taken back, or is somebody else's
    :raises NoSuchStep: it was accepted already
    """
    return _step(actor, order, "take", Visit.State.ACCEPTED, "accepted_at", at)


@operation("visits.decline", right=WORK, on="order")
def decline(*, actor: Actor, order: WorkOrder, reason: str, at: datetime) -> WorkOrder:
    """Decline a job with a reason; it waits to be dispatched again.

    :raises NoOpenVisit, NotYourVisit: it was taken back, or is somebody else's
    :raises FieldMissing: no reason was given
    """
    own_visit(actor, order)
    advance(actor=actor, order=order, verb="decline", at=at, fields={"reason": reason})
    cancel_visits(order=order, at=at)
    order.engineer = None
    order.save()
    return order


@operation("visits.travel", right=WORK, on="order")
def travel(*, actor: Actor, order: WorkOrder, at: datetime) -> Visit:
    """Leave for the hospital.

    :raises NoOpenVisit, NotYourVisit: it was taken back, or is somebody else's
    :raises NoSuchStep: not possible in this state
    """
    return _step(actor, order, "travel", Visit.State.TRAVELLING, "travelled_at", at)


@operation("visits.arrive", right=WORK, on="order")
def arrive(*, actor: Actor, order: WorkOrder, at: datetime) -> Visit:
    """Arrive at the device: the clocks of response and arrival stop.

    :raises NoOpenVisit, NotYourVisit: it was taken back, or is somebody else's
    :raises NoSuchStep: not possible in this state
    """
    return _step(actor, order, "arrive", Visit.State.ON_SITE, "arrived_at", at)


@operation("visits.start", right=WORK, on="order")
def start(*, actor: Actor, order: WorkOrder, at: datetime) -> Visit:
    """Start work: the device is not to be used until it is released.

    :raises NoOpenVisit, NotYourVisit: it was taken back, or is somebody else's
    :raises NoSuchStep: not possible in this state
    """
    return _step(actor, order, "start", Visit.State.WORKING, "started_at", at)


@operation("visits.wait_for_part", right=WORK, on="order")
def wait_for_part(*, actor: Actor, order: WorkOrder, at: datetime) -> WorkOrder:
    """Let the repair wait for the parts that were asked for; its clock does not (our own part).

    :raises NoOpenVisit, NotYourVisit: it was taken back, or is somebody else's
    :raises ProofMissing: no part was asked for that is not in the van
    :raises NoSuchStep: not possible in this state
    """
    own_visit(actor, order)
    wait_for_parts(actor=actor, order=order, at=at)
    return order


@operation("visits.wait_for_customer", right=WORK, on="order")
def wait_for_customer(*, actor: Actor, order: WorkOrder, waiting_reason: str, evidence: str, at: datetime) -> WorkOrder:
    """Say that the hospital must act first, with the reason and its evidence: the clocks pause.

    :raises NoOpenVisit, NotYourVisit: it was taken back, or is somebody else's
    :raises ProofMissing: no evidence was given
    """
    own_visit(actor, order)
    proofs = ("waiting_evidence",) if evidence.strip() else ()
    fields = {"waiting_customer_reason": waiting_reason, "reason": f"{waiting_reason}: {evidence}"}
    advance(actor=actor, order=order, verb="wait_for_customer", at=at, fields=fields, proofs=proofs)
    return order


@operation("visits.resume", right=WORK, on="order")
def resume(*, actor: Actor, order: WorkOrder, at: datetime) -> Visit:
    """Go on after waiting.

    :raises NoOpenVisit, NotYourVisit: it was taken back, or is somebody else's
    :raises NoSuchStep: the order does not wait
    """
    return _step(actor, order, "resume", Visit.State.WORKING, "started_at", at)


@operation("visits.finish", right=WORK, on="order")
def finish(*, actor: Actor, order: WorkOrder, work_done: str, at: datetime, fault: str = "", cause: str = "") -> Visit:
    """Finish the work: checklist, parts and the ward's signature are there; the device waits to be released by somebody else.

    :raises NoOpenVisit, NotYourVisit: it was taken back, or is somebody else's
    :raises ConditionNotMet: the device was not identified, a required task is open, or a part is not settled
    :raises ProofMissing: the ward has not signed
    :raises FieldMissing: what was done is not said
    :raises UnknownFault: the fault code is none of this category of devices
    """
    if fault and fault not in faults_of(order.device.model.category):
        raise UnknownFault(fault=fault, field="fault")
    order.fault, order.cause = fault, cause
    return _step(actor, order, "finish", Visit.State.DONE, "finished_at", at, fields={"work_done": work_done}, cause=cause)
