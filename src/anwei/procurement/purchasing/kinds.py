"""Purchase rules as a kind of definition."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from anwei.core.registers import Text
from anwei.procurement.purchasing.rules import faults_of

UNFIT: Text = _("%(name)s is missing or unfit")


class PurchaseRulesKind:
    """What holds for purchases: `{limit, over_delivery_percent, price_percent, price_amount, tax_amount, checks: [{key, zh, en}]}`."""

    key = "purchase_rules"
    label: Text = _("Purchase rules")

    def check(self, body: Mapping[str, Any]) -> Sequence[str]:
        """Name every entry that is missing or unfit."""
        return [str(UNFIT) % {"name": name} for name in faults_of(body)]
