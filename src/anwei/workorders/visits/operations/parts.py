"""Parts out of the van into the device, and the old one back."""

from datetime import datetime
from decimal import Decimal

from anwei.core.actor import Actor
from anwei.core.errors import NotFound
from anwei.core.operation import operation, record, unchanged
from anwei.inventory.parts.models import Part
from anwei.inventory.stock.models import Condition, Place
from anwei.inventory.stock.operations import Cause, Pieces, fitted_on, owe_old_part, post_move, take_back, take_due_back
from anwei.inventory.stock.queries import van_of
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.visits.errors import AlreadyUsed, NoVan, OldPartNeeded
from anwei.workorders.visits.models import PartUse, Visit
from anwei.workorders.visits.operations.planning import own_visit
from anwei.workorders.visits.operations.requesting import meet_requests
from anwei.workorders.visits.permissions import WORK
from anwei.workorders.visits.queries import open_requests

CAUSE = "visits.PartUse"
INFECTIOUS = "infectious"


@operation("visits.fit_part", right=WORK, on="order")
def fit_part(
    *, actor: Actor, order: WorkOrder, part: Part, at: datetime, quantity: Decimal = Decimal(1), serial: str = "", lot: str = "",
    old_serial: str = "", old_condition: str = "", old_is_clean: bool | None = None,
) -> PartUse:  # fmt: skip
    """Fit a part out of one's own van; the old one comes back into the van with its condition and a deadline.

    What may carry blood and is not said to be clean stays at the hospital until it is. Stock and money move with it, and what was asked
    for on this order has got its piece.

    :raises NoOpenVisit, NotYourVisit: it was taken back, or is somebody else's
    :raises NoVan: the engineer has no van in the stock
    :raises OldPartNeeded: this part's old piece goes back, say its condition
    :raises AlreadyUsed: this very piece was fitted for the order before
    :raises NotEnoughStock: it is not in the van
    :raises HeldForOthers: it is kept for another order
    :raises SerialNeeded, LotNeeded: the part is followed by one
    """
    visit = own_visit(actor, order)
    if part.core_return and not old_condition:
        raise OldPartNeeded(part=part.number, field="old_condition")
    if serial and PartUse.objects.filter(order=order, part=part, serial=serial, quantity__gt=0).exists():
        raise AlreadyUsed(field="serial")
    van = _van(visit)
    device = fitted_on(order.device_id, order.device.number)
    use = PartUse(
        visit=visit, order=order, part=part, quantity=quantity, serial=serial, lot=lot, old_serial=old_serial,
        old_condition=old_condition, at=at,
    )  # fmt: skip
    use.move = post_move(
        kind="consume",
        source=van,
        target=device,
        pieces=Pieces(part, quantity, serial, lot),
        cause=Cause(CAUSE, use.pk, "fitted"),
        at=at,
        becomes=Condition.USED,
        serves=[request.demand_id for request in open_requests(order) if request.part_id == part.pk],
    )
    if old_condition:
        old = Pieces(part, quantity, old_serial or f"?{str(use.pk)[-8:]}", lot or "?", old_condition)
        clean = old_is_clean if old_is_clean is not None else INFECTIOUS not in part.hazards
        due = owe_old_part(pieces=old, van=van, device=device, clean=clean, at=at, label=order.number, cause=CAUSE, cause_id=use.pk)
        use.old_move = due.move
    use.save(force_insert=True)
    meet_requests(order, part, at)
    record(use, "visits.part_fitted", at=at)
    record(order, "visits.part_fitted", at=at)
    return use


def _van(visit: Visit) -> Place:
    van = van_of(visit.engineer_id)
    if van is None:
        raise NoVan
    return van


@operation("visits.take_part_back", right=WORK, on="order")
def take_part_back(*, actor: Actor, order: WorkOrder, use: PartUse, at: datetime) -> PartUse:
    """Take back a part that was booked by mistake: opposite moves, the use is kept with nothing fitted.

    :raises NoOpenVisit, NotYourVisit: it was taken back, or is somebody else's
    :raises NotFound: it was fitted for another order
    """
    own_visit(actor, order)
    if use.order_id != order.pk:
        raise NotFound(kind="use")
    use = PartUse.objects.get(pk=use.pk)
    if not use.quantity:
        unchanged(use)
        return use
    take_due_back(cause=CAUSE, cause_id=use.pk, at=at)
    if use.move is not None:
        take_back(use.move, cause=Cause(CAUSE, use.pk, "back"), at=at)
    use.quantity = Decimal(0)
    use.save()
    record(use, "visits.part_taken_back", at=at)
    return use
