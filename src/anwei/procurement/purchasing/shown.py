"""How purchases are told: states, what does not agree."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anwei.core.labels import Said
from anwei.core.shell import PillView
from anwei.procurement.purchasing.models import PurchaseOrder, SupplierInvoice

STATES: Mapping[str, PillView] = {
    "draft": PillView(_("Waits for approval"), "amber", "wait"),
    "approved": PillView(_("Ready to send"), "blue", "todo"),
    "sent": PillView(_("Sent, awaited"), "blue", "run", hollow=True),
    "part_received": PillView(_("Partly received"), "blue", "run"),
    "received": PillView(_("All has come"), "green", "done", hollow=True),
    "closed": PillView(_("Closed"), "grey", "lock", hollow=True),
    "cancelled": PillView(_("Cancelled"), "grey", "x", hollow=True),
}
BILLS: Mapping[str, PillView] = {
    "differs": PillView(_("Does not agree"), "red", "warn"),
    "posted": PillView(_("Agrees, posted"), "green", "done", hollow=True),
    "sent_back": PillView(_("Sent back"), "grey", "x", hollow=True),
}
LATE = PillView(_("Too late"), "red", "stop")
OVERDUE = PillView(_("Overdue"), "red", "stop")
NO_WORD = PillView(_("No date promised"), "amber", "wait")
IN_TIME = PillView(_("In time"), "green", "done", hollow=True)

DIFFERENCES: Mapping[str, Promise] = {
    "quantity": _("%(name)s: %(billed)s billed, %(expected)s accepted and not yet invoiced"),
    "price": _("%(name)s: billed at %(billed)s, ordered at %(expected)s"),
    "tax": _("Tax: %(billed)s billed, %(expected)s by the order's rates"),
}


def state_words(order: PurchaseOrder) -> str:
    """Return the state of an order in the reader's words."""
    return str(STATES[order.state].label)


def bill_words(invoice: SupplierInvoice) -> str:
    """Return the state of a supplier's invoice in the reader's words."""
    return str(BILLS[invoice.state].label)


def difference_words(found: Mapping[str, str]) -> Said:
    """Return what does not agree, from a difference as an invoice keeps it."""
    return Said(DIFFERENCES[found["kind"]], found)


def promise_pill(state: str, needed_by: datetime | None, promised_on: date | None, today: date) -> PillView | None:
    """Return whether an order comes in time, by the supplier's word; None where nothing is to come."""
    if state not in PurchaseOrder.COMING:
        return None
    if promised_on is None:
        return NO_WORD
    if promised_on < today:
        return OVERDUE
    return LATE if needed_by and promised_on > timezone.localdate(needed_by) else IN_TIME
