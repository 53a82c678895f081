"""Sending orders to suppliers, asking where they are, writing down what was promised."""

from datetime import date, datetime

from django.utils import timezone

from anwei.core.actor import Actor
from anwei.core.operation import operation, record
from anwei.core.wording import money
from anwei.procurement.purchasing.errors import AboveTheLimit, NoLines, PromiseInThePast
from anwei.procurement.purchasing.letters import mail_chase, mail_order
from anwei.procurement.purchasing.models import Chase, PurchaseOrder
from anwei.procurement.purchasing.operations.ordering import limit_of, refuse_blocked, refuse_unless
from anwei.procurement.purchasing.paper import keep_paper
from anwei.procurement.purchasing.permissions import BUY

State = PurchaseOrder.State


@operation("purchasing.send", right=BUY, on="order")
def send(*, actor: Actor, order: PurchaseOrder, at: datetime) -> PurchaseOrder:
    """Send an order: set on paper and mailed to the supplier, if its papers still allow it that day.

    :raises AboveTheLimit: a second person has not approved it
    :raises NotInThisState: it was sent already, or is over
    :raises SupplierBlocked: a licence or authorisation has expired meanwhile
    """
    if order.state == State.DRAFT:
        raise AboveTheLimit(number=order.number, net=money(order.net, order.currency), limit=limit_of(order))
    refuse_unless(order, State.APPROVED)
    lines = list(order.lines.select_related("part").order_by("part__number"))
    refuse_blocked(order.supplier, (line.part for line in lines), timezone.localdate(at))
    order.file, order.state, order.sent_at = keep_paper(order, lines, at), State.SENT, at
    order.save()
    mail_order(order, at=at)
    record(order, "purchasing.sent", at=at)
    return order


@operation("purchasing.send_together", right=BUY)
def send_together(*, actor: Actor, orders: list[PurchaseOrder], at: datetime) -> list[PurchaseOrder]:
    """Send several orders; all or none.

    :raises NoLines: no order was given
    :raises AboveTheLimit, NotInThisState, SupplierBlocked: as `purchasing.send`
    """
    if not orders:
        raise NoLines
    return [send(actor=actor, order=order, at=at) for order in sorted(orders, key=lambda order: order.pk)]


@operation("purchasing.chase", right=BUY, on="order")
def chase(*, actor: Actor, order: PurchaseOrder, at: datetime, note: str = "") -> PurchaseOrder:
    """Ask the supplier when an order comes; it is mailed and kept.

    :raises NotInThisState: nothing of it is to come
    """
    refuse_unless(order, *PurchaseOrder.COMING)
    Chase.objects.create(order=order, at=at, by_id=actor.id, note=note.strip())
    order.chased_at = at
    order.save()
    mail_chase(order, note=note.strip(), at=at)
    record(order, "purchasing.chased", at=at)
    return order


@operation("purchasing.promise", right=BUY, on="order")
def promise(*, actor: Actor, order: PurchaseOrder, promised_on: date, at: datetime, note: str = "") -> PurchaseOrder:
    """Write down the day for which the supplier has promised an order.

    :raises NotInThisState: nothing of it is to come
    :raises PromiseInThePast: the day is over
    """
    refuse_unless(order, *PurchaseOrder.COMING)
    if promised_on < timezone.localdate(at):
        raise PromiseInThePast(day=promised_on.isoformat(), field="promised_on")
    Chase.objects.create(order=order, at=at, by_id=actor.id, note=note.strip(), promised_on=promised_on)
    order.promised_on = promised_on
    order.save()
    record(order, "purchasing.promised", at=at)
    return order
