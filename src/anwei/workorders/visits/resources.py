from anwei.core.registers import Field, Resource
from anwei.workorders.visits.models import PartRequest, PartUse, Reading, Visit
from anwei.workorders.visits.permissions import READ_VISITS

VISITS = Resource(
    collection="visits",
    model=Visit,
    right=READ_VISITS,
    fields=[
        Field("order", str, source="order_id"), Field("engineer", str, source="engineer_id"), Field("state", str), Field("from_at", str),
        Field("to_at", str), Field("accepted_at", str), Field("travelled_at", str), Field("arrived_at", str), Field("started_at", str),
        Field("finished_at", str), Field("changed_at", str),
    ],
    filters=("order", "engineer"),
)  # fmt: skip

READINGS = Resource(
    collection="readings",
    model=Reading,
    right=READ_VISITS,
    fields=[
        Field("visit", str, source="visit_id"), Field("task", str), Field("value", str), Field("text", str), Field("unit", str),
        Field("low", str), Field("high", str), Field("verdict", str), Field("reason", str),
        Field("instrument", str, source="instrument_id"), Field("at", str), Field("changed_at", str),
    ],
    filters=("visit",),
)  # fmt: skip

PART_USES = Resource(
    collection="part-uses",
    model=PartUse,
    right=READ_VISITS,
    fields=[
        Field("order", str, source="order_id"), Field("visit", str, source="visit_id"), Field("part", str, source="part_id"),
        Field("quantity", str), Field("serial", str), Field("lot", str), Field("old_serial", str), Field("old_condition", str),
        Field("at", str), Field("changed_at", str),
    ],
    filters=("order", "visit", "part"),
)  # fmt: skip

PART_REQUESTS = Resource(
    collection="part-requests",
    model=PartRequest,
    right=READ_VISITS,
    fields=[
        Field("order", str, source="order_id"), Field("visit", str, source="visit_id"), Field("part", str, source="part_id"),
        Field("instead_of", str, source="instead_of_id"), Field("quantity", str), Field("demand", str, source="demand_id"),
        Field("state", str, source="demand__state"), Field("at", str), Field("changed_at", str),
    ],
    filters=("order", "visit", "part"),
)  # fmt: skip
