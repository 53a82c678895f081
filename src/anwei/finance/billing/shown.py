"""How invoices are told: whether they are paid, and how."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from anwei.core.shell import PillView, Text

UNPAID = PillView(_("Unpaid"), "amber", "todo")
PARTLY_PAID = PillView(_("Partly paid"), "blue", "run", hollow=True)
PAID = PillView(_("Paid"), "green", "done", hollow=True)
METHODS: Mapping[str, Text] = {"transfer": _("Bank transfer"), "cash": _("Cash"), "card": _("Card"), "bill": _("Bill of exchange")}


def paid_pill(gross: Decimal, still: Decimal) -> PillView:
    """Return whether an invoice is paid."""
    if still <= 0:
        return PAID
    return UNPAID if still == gross else PARTLY_PAID
