from anwei.core.registers import Field, Resource
from anwei.finance.settlement.models import Settlement, SettlementLine
from anwei.finance.settlement.permissions import READ_MONEY

SETTLEMENTS = Resource(
    collection="settlements",
    model=Settlement,
    right=READ_MONEY,
    fields=[
        Field("order", str, source="order_id"), Field("order_number", str, source="order__number"), Field("state", str),
        Field("currency", str), Field("confirmed_by", str, source="confirmed_by__name"), Field("confirmed_at", str),
        Field("changed_at", str),
    ],
    filters=("order",),
)  # fmt: skip

SETTLEMENT_LINES = Resource(
    collection="settlement-lines",
    model=SettlementLine,
    right=READ_MONEY,
    fields=[
        Field("settlement", str, source="settlement_id"), Field("kind", str), Field("text_zh", str), Field("text_en", str),
        Field("quantity", str), Field("unit", str), Field("unit_price", str), Field("net", str), Field("tax_rate", str), Field("tax", str),
        Field("gross", str), Field("currency", str), Field("payer", str), Field("payer_body", str, source="payer_body_id"),
        Field("reason", str), Field("reason_note", str), Field("changed_at", str),
    ],
    filters=("settlement",),
)  # fmt: skip
