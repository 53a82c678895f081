from anwei.core.registers import Field, Resource
from anwei.inventory.demands.models import Demand
from anwei.inventory.demands.permissions import READ_DEMANDS

DEMANDS = Resource(
    collection="demands",
    model=Demand,
    right=READ_DEMANDS,
    fields=[
        Field("part", str, source="part_id"), Field("part_number", str, source="part__number"), Field("quantity", str),
        Field("branch", str, source="branch__code"), Field("place", str, source="place_id"), Field("held_at", str, source="held_at_id"),
        Field("cause", str), Field("cause_id", str), Field("label", str), Field("needed_by", str), Field("urgency", int),
        Field("state", str), Field("asked_at", str), Field("note", str), Field("changed_at", str),
    ],
    filters=("state", "part", "place", "cause_id"),
)  # fmt: skip
