from anwei.core.registers import Field, Resource
from anwei.workorders.orders.models import Step, WorkOrder
from anwei.workorders.orders.permissions import READ_ORDERS

ORDERS = Resource(
    collection="orders",
    model=WorkOrder,
    right=READ_ORDERS,
    fields=[
        Field("number", str), Field("state", str), Field("category", str), Field("priority", str), Field("title", str),
        Field("symptom", str), Field("device", str, source="device_id"), Field("device_number", str, source="device__number"),
        Field("hospital", str, source="hospital_id"), Field("hospital_name", str, source="hospital__name"),
        Field("branch", str, source="branch__code"), Field("engineer", str, source="engineer_id"), Field("turn", str), Field("harm", str),
        Field("device_down", bool), Field("reported_at", str), Field("next_due_at", str), Field("done_at", str), Field("released_at", str),
        Field("settled_at", str), Field("closed_at", str), Field("changed_at", str),
    ],
    filters=("state", "category", "priority", "hospital", "device", "engineer", "branch__code", "number"),
)  # fmt: skip

STEPS = Resource(
    collection="steps",
    model=Step,
    right=READ_ORDERS,
    fields=[
        Field("order", str, source="order_id"), Field("verb", str), Field("from_state", str), Field("to_state", str), Field("by_name", str),
        Field("reason", str), Field("at", str), Field("received_at", str),
    ],
    filters=("order",),
)  # fmt: skip
