"""Stock flows as definitions."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy

from anwei.core.registers import Text
from anwei.foundation.accounts.permissions import EVERYBODY
from anwei.inventory.stock.rules import faults_of

FAULTS: dict[str, Text] = {
    "incomplete": gettext_lazy("%(where)s: key, names, from, to and roles are needed"),
    "twice": gettext_lazy("%(where)s is there twice"),
    "unknown": gettext_lazy("%(where)s: nobody knows %(names)s"),
}


class StockFlowKind:
    """Which moves of parts are allowed: `{moves: [row]}`, a row as `rules.AllowedMove.read` takes it."""

    key = "stock_flow"
    label: Text = gettext_lazy("Stock flow")

    def check(self, body: Mapping[str, Any]) -> Sequence[str]:
        """Name every row that cannot be read or names what nobody knows."""
        return [str(FAULTS[fault]) % {"where": where, "names": ", ".join(names)} for where, fault, names in faults_of(body, EVERYBODY)]
