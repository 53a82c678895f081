from anwei.core.registers import Field, Resource
from anwei.foundation.accounts.models import User
from anwei.foundation.accounts.permissions import KEEP_USERS, READ_USERS

USERS = Resource(
    collection="users",
    model=User,
    right=READ_USERS,
    fields=[
        Field("username", str), Field("name", str), Field("side", str), Field("language", str), Field("is_active", bool),
        Field("email", str, right=KEEP_USERS), Field("phone", str, right=KEEP_USERS), Field("last_login", str), Field("changed_at", str),
    ],
    filters=("username",),
)  # fmt: skip
