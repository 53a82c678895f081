"""The device stays out of use while it is being repaired, until another person has released it."""

from anwei.equipment.devices.operations import end_block, put_block
from anwei.workorders.orders.facts import Moment
from anwei.workorders.visits.models import Visit


def _source(moment: Moment) -> str:
    return f"orders.WorkOrder:{moment.order.pk}"


def block_device(moment: Moment) -> None:
    """Say "do not use" while somebody works on the device."""
    put_block(actor=moment.actor, device=moment.order.device, reason=moment.order.title, source=_source(moment), at=moment.at)


def unblock_device(moment: Moment) -> None:
    """End the order's block; other blocks stay."""
    end_block(actor=moment.actor, device=moment.order.device, source=_source(moment), because=moment.order.number, at=moment.at)


def request_release(moment: Moment) -> None:
    """Nothing to write: an order in the state "to be released" is the request, and the queue of quality shows it."""


def reopen_visit(moment: Moment) -> None:
    """Give the last appointment back to its engineer: the work was sent back."""
    last = Visit.objects.filter(order=moment.order, state=Visit.State.DONE).order_by("-finished_at").first()
    if last:
        last.state = Visit.State.WORKING
        last.save()
