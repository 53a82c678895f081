"""The device stays out of use while it is being repaired, until another person has released it."""

from anwei.equipment.devices.models import Block, Device
from anwei.workorders.orders.facts import Moment
from anwei.workorders.visits.models import Visit


def block_device(moment: Moment) -> None:
    """Say "do not use" while somebody works on the device."""
    source = f"orders.WorkOrder:{moment.order.pk}"
    if not Block.objects.filter(device_id=moment.order.device_id, source=source, ended_at=None).exists():
        Block.objects.create(device_id=moment.order.device_id, reason=moment.order.title, source=source, from_at=moment.at)
        Device.objects.filter(pk=moment.order.device_id).update(is_blocked=True)


def unblock_device(moment: Moment) -> None:
    """End the order's block; other blocks stay."""
    source = f"orders.WorkOrder:{moment.order.pk}"
    Block.objects.filter(device_id=moment.order.device_id, source=source, ended_at=None).update(ended_at=moment.at)
    still = Block.objects.filter(device_id=moment.order.device_id, ended_at=None).exists()
    Device.objects.filter(pk=moment.order.device_id).update(is_blocked=still)


def request_release(moment: Moment) -> None:
    """Nothing to write: an order in the state "to be released" is the request, and the queue of quality shows it."""


def reopen_visit(moment: Moment) -> None:
    """Give the last appointment back to its engineer: the work was sent back."""
    last = Visit.objects.filter(order=moment.order, state=Visit.State.DONE).order_by("-finished_at").first()
    if last:
        last.state = Visit.State.WORKING
        last.save()
