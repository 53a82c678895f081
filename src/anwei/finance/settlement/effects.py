"""What the release of a device starts: the settlement of its order."""

from anwei.finance.settlement.models import Settlement, SettlementLine
from anwei.finance.settlement.operations import put_settlement
from anwei.workorders.orders.facts import Moment


def propose_settlement(moment: Moment) -> None:
    """Propose the settlement of the order, line by line."""
    put_settlement(moment.order)


def settlement_complete(moment: Moment) -> bool:
    """Say whether every line has a payer."""
    lines = SettlementLine.objects.filter(settlement__order=moment.order)
    return Settlement.objects.filter(order=moment.order).exists() and not lines.filter(payer=SettlementLine.Payer.OPEN).exists()


def quote_approved(moment: Moment) -> bool:
    """Say whether the hospital has accepted a quotation: none is written yet, so none is accepted."""
    return False
