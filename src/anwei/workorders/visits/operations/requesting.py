"""Asking on site for a part that is not there, and the end of asking."""

from datetime import datetime
from decimal import Decimal

from anwei.core.actor import Actor
from anwei.core.errors import NotFound
from anwei.core.operation import operation, record, running_deed, unchanged
from anwei.foundation.clocks.models import Clock
from anwei.foundation.clocks.queries import clocks_of
from anwei.inventory.demands.models import Demand
from anwei.inventory.demands.operations import ask, cancel, meet
from anwei.inventory.parts.models import Part
from anwei.inventory.stock.queries import van_of
from anwei.workorders.orders.facts import Moment
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.orders.operations import advance
from anwei.workorders.visits.errors import NoVan
from anwei.workorders.visits.models import PartRequest, PartUse
from anwei.workorders.visits.operations.planning import own_visit
from anwei.workorders.visits.permissions import WORK
from anwei.workorders.visits.queries import awaited_of, open_requests
from anwei.workorders.visits.shown import requested_words


@operation("visits.request_part", right=WORK, on="order")
def request_part(
    *, actor: Actor, order: WorkOrder, part: Part, at: datetime, quantity: Decimal = Decimal(1), instead_of: Part | None = None,
    wait: bool = False,
) -> PartRequest:  # fmt: skip
    """Ask for a part for an order: kept where it lies, or short until it is bought; with `wait` the repair waits for it.

    `instead_of` is the part whose substitute was chosen; none is ever taken silently. What lies in one's own van needs no wait.

    :raises NoOpenVisit, NotYourVisit: it was taken back, or is somebody else's
    :raises NoVan: the engineer has no van in the stock
    :raises NothingWanted: the quantity is not above zero
    :raises NoSuchStep: the repair cannot wait in this state
    """
    visit = own_visit(actor, order)
    van = van_of(visit.engineer_id)
    if van is None:
        raise NoVan
    request = PartRequest(order=order, visit=visit, part=part, quantity=quantity, instead_of=instead_of, at=at)
    request.demand = ask(
        part=part, quantity=quantity, place=van, cause=PartRequest._meta.label, cause_id=request.pk, label=order.number, at=at,
        needed_by=needed_by(order), device_down=bool(order.device_down),
    )  # fmt: skip
    request.save(force_insert=True)
    record(request, "visits.part_requested", at=at)
    record(order, "visits.part_requested", at=at)
    if wait and request.demand.state != Demand.State.ISSUED:
        wait_for_parts(actor=actor, order=order, at=at)
    return request


def needed_by(order: WorkOrder) -> datetime | None:
    """Return when the parts of an order are needed: before the device must work again, else before the next clock is due."""
    running = [clock for clock in clocks_of(order.pk) if clock.state == Clock.State.RUNNING]
    return next((clock.due_at for clock in running if clock.kind == "restore"), order.next_due_at)


def wait_for_parts(*, actor: Actor, order: WorkOrder, at: datetime) -> None:
    """Let a locked order wait, within the running deed, for the parts that were asked for; our own part stops no clock.

    :raises ProofMissing: none was asked for that is not in the van
    :raises NoSuchStep: not possible in this state
    """
    wanted = ", ".join(requested_words(request) for request in awaited_of(order))
    advance(actor=actor, order=order, verb="wait_for_part", at=at, fields={"waiting_part_reason": "our_part", "reason": wanted})


@operation("visits.cancel_request", right=WORK, on="order")
def cancel_request(*, actor: Actor, order: WorkOrder, request: PartRequest, at: datetime) -> PartRequest:
    """Take back what was asked for: what is kept for it is free again; a piece that was handed over stays in the van to be returned.

    :raises NoOpenVisit, NotYourVisit: it was taken back, or is somebody else's
    :raises NotFound: it was asked for another order
    """
    own_visit(actor, order)
    if request.order_id != order.pk:
        raise NotFound(kind="request")
    request = PartRequest.objects.select_related("demand").get(pk=request.pk)
    if request.demand.state in Demand.OVER:
        unchanged(request)
        return request
    cancel(request.demand, at=at)
    record(request, "visits.request_cancelled", at=at)
    record(order, "visits.request_cancelled", at=at)
    return request


def let_parts_go(moment: Moment) -> None:
    """End what is still asked for when an order needs no more parts: what is kept is free, what was handed over is to be returned."""
    for request in open_requests(moment.order):
        cancel(request.demand, at=moment.at)


def meet_requests(order: WorkOrder, part: Part, at: datetime) -> None:
    """Say within the running deed which requests of an order have got their pieces by what was fitted so far."""
    running_deed()
    fitted = sum(PartUse.objects.filter(order=order, part=part).values_list("quantity", flat=True), Decimal(0))
    requests = PartRequest.objects.filter(order=order, part=part).exclude(demand__state=Demand.State.CANCELLED)
    for request in requests.select_related("demand").order_by("at", "id"):
        fitted -= request.quantity
        if fitted < 0:
            return
        meet(request.demand, at=at)
