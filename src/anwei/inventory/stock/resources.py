from anwei.core.registers import Field, Resource
from anwei.inventory.stock.models import Balance, Count, Due, Move, Place, Transfer
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

PLACES = Resource(
    collection="places",
    model=Place,
    right=READ_STOCK,
    fields=[
        Field("kind", str), Field("name", str), Field("branch", str, source="branch_id"), Field("parent", str, source="parent_id"),
        Field("record", str), Field("changed_at", str),
    ],
    filters=("branch",),
)  # fmt: skip

TRANSFERS = Resource(
    collection="transfers",
    model=Transfer,
    right=READ_STOCK,
    fields=[
        Field("number", str), Field("source", str, source="source_id"), Field("target", str, source="target_id"), Field("state", str),
        Field("sender", str), Field("receiver", str), Field("note", str), Field("sent_at", str), Field("received_at", str),
        Field("changed_at", str),
    ],
    filters=("number", "target", "source"),
)  # fmt: skip

DUES = Resource(
    collection="parts-due",
    model=Due,
    right=READ_STOCK,
    fields=[
        Field("part", str, source="part_id"), Field("part_number", str, source="part__number"), Field("holder", str, source="holder_id"),
        Field("holder_name", str, source="holder__name"), Field("place", str, source="place_id"), Field("lot", str), Field("serial", str),
        Field("condition", str), Field("quantity", str), Field("rule", str), Field("due_on", str), Field("label", str),
        Field("holds_data", bool), Field("state", str), Field("fate", str), Field("changed_at", str),
    ],
    filters=("holder",),
)  # fmt: skip

COUNTS = Resource(
    collection="counts",
    model=Count,
    right=READ_STOCK,
    fields=[
        Field("place", str, source="place_id"), Field("place_name", str, source="place__name"), Field("state", str), Field("counter", str),
        Field("counted_at", str), Field("approver", str), Field("decided_at", str), Field("note", str), Field("changed_at", str),
    ],
    filters=("place",),
)  # fmt: skip
