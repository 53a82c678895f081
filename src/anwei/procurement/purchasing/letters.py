"""What is written to suppliers, put into the outbox by the deed that wants it; a supplier without an address gets its paper by hand."""

from datetime import datetime

from django.utils import timezone

from anwei.foundation.notices.operations import post
from anwei.procurement.purchasing.models import PurchaseOrder

ORDER_LETTER = """{supplier}：
附件为采购订单 {number}，请确认交货日期。送货单与发票请注明该单号。

Please find attached our purchase order {number} and confirm the day of delivery. Put this number on the delivery note and the invoice.

{branch_zh} {branch_en}
"""
CHASE_LETTER = """{supplier}：
采购订单 {number}（{sent_on}）的货物何时到？请回复交货日期。{note}

When will the goods of our purchase order {number} of {sent_on} arrive? Please answer with the day of delivery.

{branch_zh} {branch_en}
"""


def _filled(letter: str, order: PurchaseOrder, note: str = "") -> str:
    return letter.format(
        supplier=order.supplier.organisation.name, number=order.number, branch_zh=order.branch.name_zh, branch_en=order.branch.name_en,
        sent_on=timezone.localdate(order.sent_at).isoformat() if order.sent_at else "", note=note,
    )  # fmt: skip


def mail_order(order: PurchaseOrder, *, at: datetime) -> None:
    """Mail an order with its paper to the supplier within the running deed, where an address is known."""
    if order.supplier.email:
        post(
            to=[order.supplier.email], subject_zh=f"采购订单 {order.number}", subject_en=f"Purchase order {order.number}",
            cause=order, at=at, body=_filled(ORDER_LETTER, order), attachments=[order.file] if order.file else [],
        )  # fmt: skip


def mail_chase(order: PurchaseOrder, *, note: str, at: datetime) -> None:
    """Ask the supplier by mail when an order comes, within the running deed, where an address is known."""
    if order.supplier.email:
        post(
            to=[order.supplier.email], subject_zh=f"催货：{order.number}", subject_en=f"Delivery of {order.number}",
            cause=order, at=at, body=_filled(CHASE_LETTER, order, note), attachments=[order.file] if order.file else [],
        )  # fmt: skip
