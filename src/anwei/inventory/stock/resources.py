from anwei.core.registers import Field, Resource
from anwei.inventory.stock.models import Balance, Move
from anwei.inventory.stock.permissions import READ_STOCK

BALANCES = Resource(
    collection="balances",
    model=Balance,
    right=READ_STOCK,
    fields=[
        Field("part", str, source="part_id"), Field("part_number", str, source="part__number"), Field("place", str, source="place_id"),
        Field("place_name", str, source="place__name"), Field("lot", str), Field("serial", str), Field("owner", str),
        Field("condition", str), Field("quantity", str), Field("held", str), Field("value", str), Field("changed_at", str),
    ],
    filters=("place", "part"),
)  # fmt: skip

MOVES = Resource(
    collection="moves",
    model=Move,
    right=READ_STOCK,
    fields=[
        Field("part", str, source="part_id"), Field("part_number", str, source="part__number"), Field("source", str, source="source_id"),
        Field("target", str, source="target_id"), Field("lot", str), Field("serial", str), Field("condition", str), Field("becomes", str),
        Field("kind", str), Field("quantity", str), Field("value", str), Field("cause", str), Field("cause_id", str), Field("at", str),
        Field("reverses", str, source="reverses_id"), Field("changed_at", str),
    ],
    filters=("target",),
)  # fmt: skip
