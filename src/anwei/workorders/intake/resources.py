from anwei.core.registers import Field, Resource
from anwei.workorders.intake.models import FaultRequest
from anwei.workorders.intake.permissions import READ_CALLERS, READ_REQUESTS

REQUESTS = Resource(
    collection="fault-requests",
    model=FaultRequest,
    right=READ_REQUESTS,
    fields=[
        Field("door", str), Field("state", str), Field("device", str, source="device_id"),
        Field("device_number", str, source="device__number"), Field("hospital", str, source="device__hospital_id"),
        Field("branch", str, source="branch__code"), Field("symptom", str), Field("text", str, right=READ_CALLERS),
        Field("device_down", bool), Field("harm", str), Field("name", str, right=READ_CALLERS),
        Field("phone", str, right=READ_CALLERS), Field("at", str), Field("order", str, source="order_id"), Field("answer", str),
        Field("urged_at", str), Field("changed_at", str),
    ],
    filters=("state", "device", "order"),
)  # fmt: skip
