"""What is done about purchases."""

from anwei.procurement.purchasing.operations.billing import BillLine, accept_difference, enter_invoice, send_invoice_back
from anwei.procurement.purchasing.operations.inspecting import Judged, inspect, send_back
from anwei.procurement.purchasing.operations.ordering import Wanted, approve, cancel, change_line, close, draft_order, order_demands
from anwei.procurement.purchasing.operations.receiving import Box, receive
from anwei.procurement.purchasing.operations.sending import chase, promise, send, send_together

__all__ = [
    "BillLine", "Box", "Judged", "Wanted", "accept_difference", "approve", "cancel", "change_line", "chase", "close", "draft_order",
    "enter_invoice", "inspect", "order_demands", "promise", "receive", "send", "send_back", "send_invoice_back", "send_together",
]  # fmt: skip
