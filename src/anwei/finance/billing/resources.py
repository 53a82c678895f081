from anwei.core.registers import Field, Resource
from anwei.finance.billing.models import Invoice, Payment
from anwei.finance.billing.permissions import READ_INVOICES

INVOICES = Resource(
    collection="invoices",
    model=Invoice,
    right=READ_INVOICES,
    fields=[
        Field("number", str), Field("branch", str, source="branch__code"), Field("year", int), Field("serial", int),
        Field("buyer", str, source="buyer_id"), Field("buyer_name", str, source="buyer__name"),
        Field("settlement", str, source="settlement_id"), Field("order_number", str, source="settlement__order__number"),
        Field("issued_on", str), Field("net", str), Field("tax", str), Field("gross", str), Field("currency", str),
        Field("file", str, source="file_id"), Field("changed_at", str),
    ],
    filters=("number", "buyer", "settlement"),
)  # fmt: skip

PAYMENTS = Resource(
    collection="payments",
    model=Payment,
    right=READ_INVOICES,
    fields=[
        Field("invoice", str, source="invoice_id"), Field("amount", str), Field("currency", str), Field("at", str), Field("method", str),
        Field("reference", str), Field("changed_at", str),
    ],
    filters=("invoice",),
)  # fmt: skip
