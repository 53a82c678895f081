"""What people from outside may read of settlements: the lines that they are billed for, without our notes on who pays."""

from anwei.core.wall import Walled
from anwei.finance.settlement.models import Settlement, SettlementLine

WALLED = [
    Walled(Settlement, "false", names=("order",)),
    Walled(SettlementLine, "false", hidden=SettlementLine.internal),
]
