from anwei.core.registers import Field, Resource
from anwei.foundation.staff.models import Engineer
from anwei.foundation.staff.permissions import KEEP_STAFF, READ_STAFF

ENGINEERS = Resource(
    collection="engineers",
    model=Engineer,
    right=READ_STAFF,
    fields=[
        Field("name", str), Field("branch", str, source="branch__code"), Field("employer", str, source="employer_id"),
        Field("user", str, source="user_id"), Field("rate", str), Field("is_active", bool), Field("phone", str, right=KEEP_STAFF),
        Field("changed_at", str),
    ],
    filters=("branch__code",),
)  # fmt: skip
