"""Orders that are released or settled, without the whole repair before them."""

from decimal import Decimal

from django.utils import timezone

from anwei.core.actor import Actor
from anwei.core.operation import record
from anwei.equipment.devices.models import Device
from anwei.finance.settlement.models import Settlement, SettlementLine
from anwei.finance.settlement.rules import priced
from anwei.foundation.accounts.models import User
from anwei.foundation.accounts.queries import system_actor
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.orders.operations import put_order
from tests.trail.factory import deed

PRICES = ((Decimal("2"), Decimal("260.00"), Decimal("0.06")), (Decimal("1"), Decimal("1860.55"), Decimal("0.13")))


@deed
def _released(*, actor: Actor, device: Device, payer: str, confirmed: bool) -> Settlement:
    now = timezone.now()
    order = put_order(actor=actor, device=device, at=now, reported_at=now, title="不通气")
    order.state, order.category = ("settled" if confirmed else "released"), WorkOrder.Category.DONE
    order.done_at = order.released_at = now
    order.save()
    state = Settlement.State.CONFIRMED if confirmed else Settlement.State.PROPOSED
    settlement = Settlement.objects.create(order=order, state=state, confirmed_at=now if confirmed else None)
    settlement.confirmed_by = User.objects.first() if confirmed else None
    settlement.save()
    for quantity, price, rate in PRICES:
        cost = priced(quantity, price, rate, "CNY")
        SettlementLine.objects.create(
            settlement=settlement, kind="labour", text_zh="人工", text_en="Labour", quantity=quantity, unit="h", unit_price=price,
            net=cost.net.amount, tax_rate=rate, tax=cost.tax.amount, gross=cost.gross.amount, payer=payer, reason="cover_none",
            payer_body=order.hospital if payer == "hospital" else None,
        )  # fmt: skip
    record(settlement, "settlement.proposed")
    return settlement


def make_settlement(device: Device, *, payer: str = "hospital", confirmed: bool = False) -> Settlement:
    """Make an order on a device that is released, or settled, with two lines."""
    made: Settlement = _released(actor=system_actor("test"), device=device, payer=payer, confirmed=confirmed)
    return made
