from anwei.core.registers import Field, Resource
from anwei.foundation.definitions.models import Version
from anwei.foundation.definitions.permissions import READ_RULES

VERSIONS = Resource(
    collection="rules",
    model=Version,
    right=READ_RULES,
    fields=[
        Field("kind", str, source="definition__kind"), Field("key", str, source="definition__key"),
        Field("name_zh", str, source="definition__name_zh"), Field("name_en", str, source="definition__name_en"), Field("number", int),
        Field("status", str), Field("note", str), Field("published_at", str), Field("body", dict), Field("changed_at", str),
    ],
    filters=("definition__kind",),
)  # fmt: skip
