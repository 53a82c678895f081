"""What the flow asks of the intake."""

from anwei.workorders.orders.facts import Moment


def device_known(moment: Moment) -> bool:
    """An order is always on a registered device."""
    return True


def harm_answered(moment: Moment) -> bool:
    """Say whether the question about harm has an answer."""
    return moment.order.harm != "unknown"
