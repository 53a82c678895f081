from anwei.core.registers import Field, Resource
from anwei.procurement.purchasing.models import Inspection, OrderLine, PurchaseOrder, Receipt, ReceiptLine, SupplierInvoice
from anwei.procurement.purchasing.permissions import READ_BILLS, READ_ORDERS

ORDERS = Resource(
    collection="purchase-orders",
    model=PurchaseOrder,
    right=READ_ORDERS,
    fields=[
        Field("number", str), Field("supplier", str, source="supplier_id"), Field("branch", str, source="branch__code"),
        Field("place", str, source="place_id"), Field("state", str), Field("currency", str), Field("net", str), Field("tax", str),
        Field("needed_by", str), Field("expected_on", str), Field("promised_on", str), Field("tolerance", str),
        Field("approved_by", str, source="approved_by_id"), Field("approved_at", str), Field("sent_at", str), Field("chased_at", str),
        Field("ended_because", str), Field("file", str, source="file_id"), Field("changed_at", str),
    ],
    filters=("number", "state", "supplier", "branch__code"),
)  # fmt: skip

LINES = Resource(
    collection="purchase-order-lines",
    model=OrderLine,
    right=READ_ORDERS,
    fields=[
        Field("order", str, source="order_id"), Field("part", str, source="part_id"), Field("part_number", str, source="part__number"),
        Field("quantity", str), Field("unit_price", str), Field("tax_rate", str), Field("needed_by", str), Field("received", str),
        Field("accepted", str), Field("rejected", str), Field("invoiced", str), Field("changed_at", str),
    ],
    filters=("order", "part"),
)  # fmt: skip

RECEIPTS = Resource(
    collection="receipts",
    model=Receipt,
    right=READ_ORDERS,
    fields=[
        Field("number", str), Field("order", str, source="order_id"), Field("delivery_note", str), Field("at", str),
        Field("by", str, source="by_id"), Field("changed_at", str),
    ],
    filters=("number", "order"),
)  # fmt: skip

BOXES = Resource(
    collection="receipt-lines",
    model=ReceiptLine,
    right=READ_ORDERS,
    fields=[
        Field("receipt", str, source="receipt_id"), Field("line", str, source="line_id"), Field("quantity", str), Field("lot", str),
        Field("serial", str), Field("expires_on", str), Field("scan", str), Field("move", str, source="move_id"), Field("changed_at", str),
    ],
    filters=("receipt", "line"),
)  # fmt: skip

INSPECTIONS = Resource(
    collection="inspections",
    model=Inspection,
    right=READ_ORDERS,
    fields=[
        Field("box", str, source="box_id"), Field("accepted", str), Field("rejected", str), Field("checks", dict), Field("name", str),
        Field("model", str), Field("quantity", str), Field("registration_number", str), Field("registrant", str),
        Field("manufacturer", str), Field("maker_licence", str), Field("lot", str), Field("serial", str), Field("expires_on", str),
        Field("bought_on", str), Field("supplier_name", str), Field("supplier_address", str), Field("supplier_contact", str),
        Field("note", str), Field("at", str), Field("by", str, source="by_id"), Field("returned", str, source="returned_id"),
        Field("changed_at", str),
    ],
    filters=("box",),
)  # fmt: skip

INVOICES = Resource(
    collection="supplier-invoices",
    model=SupplierInvoice,
    right=READ_BILLS,
    fields=[
        Field("number", str), Field("supplier", str, source="supplier_id"), Field("branch", str, source="branch__code"),
        Field("issued_on", str), Field("due_on", str), Field("net", str), Field("tax", str), Field("gross", str), Field("currency", str),
        Field("state", str), Field("differences", list), Field("note", str), Field("changed_at", str),
    ],
    filters=("supplier", "state"),
)  # fmt: skip
