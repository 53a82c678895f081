from anwei.core.registers import Field, Resource
from anwei.foundation.audit.models import Deed
from anwei.foundation.audit.permissions import READ_TRAIL

DEEDS = Resource(
    collection="deeds",
    model=Deed,
    right=READ_TRAIL,
    fields=[
        Field("verb", str), Field("actor", str), Field("actor_name", str), Field("approved_by", str), Field("door", str),
        Field("reason", str), Field("request", str), Field("batch", str), Field("subject", str), Field("touches", list),
        Field("words", list), Field("outcome", str), Field("refusal", str), Field("status", int), Field("at", str), Field("received", str),
    ],
    filters=("verb", "actor", "outcome", "batch"),
    changed="received",
    where=lambda actor: Deed.objects.all(),
)  # fmt: skip
