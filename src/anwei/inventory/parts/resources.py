from anwei.core.registers import Field, Resource
from anwei.inventory.parts.models import Part
from anwei.inventory.parts.permissions import READ_PARTS

PARTS = Resource(
    collection="parts",
    model=Part,
    right=READ_PARTS,
    fields=[
        Field("number", str), Field("name_zh", str), Field("name_en", str), Field("group", str), Field("kind", str), Field("tracking", str),
        Field("unit", str), Field("price", str), Field("cost", str), Field("currency", str), Field("core_return", bool),
        Field("categories", list), Field("data_bearing", bool), Field("expires", bool), Field("udi_di", str),
        Field("superseded_by", str, source="superseded_by_id"), Field("changed_at", str),
    ],
    filters=("number",),
)  # fmt: skip
