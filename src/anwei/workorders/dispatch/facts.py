"""What the flow asks of dispatching."""

from django.utils import timezone

from anwei.foundation.staff.queries import lacks_of
from anwei.workorders.orders.facts import Moment


def competent_engineer(moment: Moment) -> bool | None:
    """Say whether the engineer who is to go holds valid skills and certificates for the device's category."""
    engineer = moment.given.get("engineer") or moment.order.engineer
    if engineer is None:
        return None
    return not lacks_of(engineer, moment.order.device.model.category, timezone.localdate(moment.at))
