"""What the release of a device starts: the settlement of its order."""

from anwei.finance.settlement.models import Settlement
from anwei.workorders.orders.facts import Moment


def propose_settlement(moment: Moment) -> None:
    """Open the settlement of the order."""
    Settlement.objects.get_or_create(order=moment.order)
