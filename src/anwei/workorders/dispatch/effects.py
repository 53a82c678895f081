"""What dispatching does to who sees what: the engineer gets the order, its device and its hospital until it is settled."""

from django.utils.translation import gettext_noop, override

from anwei.core.operation import running_deed
from anwei.foundation.accounts.models import Grant
from anwei.foundation.accounts.operations import put_grant
from anwei.foundation.notices.operations import tell
from anwei.workorders.orders.facts import Moment

# kept as they are written and spoken in the reader's language
TOLD = {"assigned": gettext_noop("New job %(number)s: %(title)s"), "working": gettext_noop("%(number)s was sent back: %(title)s")}
TAKEN_BACK = gettext_noop("%(number)s was taken back: %(title)s")


def grant_engineer(moment: Moment) -> None:
    """Let the engineer's user see the order and its device."""
    user = moment.order.engineer.user if moment.order.engineer else None
    if user:
        put_grant(user=user, kind="order", record_id=moment.order.pk, until=None)
        put_grant(user=user, kind="device", record_id=moment.order.device_id, until=None)


def revoke_engineer(moment: Moment) -> None:
    """End the grants of the order; the device stays visible while another open order needs it."""
    running_deed()
    holders = list(Grant.objects.filter(kind="order", record=moment.order.pk).live(moment.at).values_list("user_id", flat=True))
    Grant.objects.filter(kind="order", record=moment.order.pk, user_id__in=holders).update(until=moment.at)
    for user_id in holders:
        orders = Grant.objects.filter(user_id=user_id, kind="order").live(moment.at).values("record")
        still = type(moment.order).objects.filter(pk__in=orders, device_id=moment.order.device_id).exists()
        if not still:
            Grant.objects.filter(user_id=user_id, kind="device", record=moment.order.device_id).update(until=moment.at)


def notify_engineer(moment: Moment) -> None:
    """Put a line into the engineer's inbox: a job came, was taken back, or was sent back."""
    user = moment.order.engineer.user if moment.order.engineer else None
    if user:
        message = TOLD.get(moment.order.state, TAKEN_BACK)
        url = f"/field/job/{moment.order.pk}/"  # the page belongs to a higher layer, its address is part of the notice
        with override(user.language):
            values = {"number": moment.order.number, "title": moment.order.shown_title}
        tell(user=user, message=message, values=values, url=url, at=moment.at)
