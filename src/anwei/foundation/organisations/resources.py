from anwei.core.registers import Field, Resource
from anwei.foundation.organisations.models import Organisation
from anwei.foundation.organisations.permissions import READ_ORGANISATIONS

ORGANISATIONS = Resource(
    collection="organisations",
    model=Organisation,
    right=READ_ORGANISATIONS,
    fields=[
        Field("name", str), Field("name_en", str), Field("roles", list), Field("level", str), Field("province", str), Field("city", str),
        Field("county", str), Field("address", str), Field("phones", list), Field("branch", str, source="branch__code"),
        Field("changed_at", str),
    ],
    filters=("name", "province", "branch__code"),
)  # fmt: skip
