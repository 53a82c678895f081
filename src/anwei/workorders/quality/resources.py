from anwei.core.registers import Field, Resource
from anwei.workorders.quality.models import Release, Report
from anwei.workorders.quality.permissions import READ_RELEASES, READ_REPORTS

RELEASES = Resource(
    collection="releases",
    model=Release,
    right=READ_RELEASES,
    fields=[
        Field("order", str, source="order_id"), Field("device", str, source="device_id"), Field("verdict", str), Field("reason", str),
        Field("by", str, source="by__name"), Field("at", str), Field("changed_at", str),
    ],
    filters=("order", "device"),
)  # fmt: skip

REPORTS = Resource(
    collection="service-reports",
    model=Report,
    right=READ_REPORTS,
    fields=[
        Field("number", str), Field("order", str, source="order_id"), Field("file", str, source="file_id"), Field("digest", str),
        Field("at", str), Field("changed_at", str),
    ],
    filters=("order", "number"),
)  # fmt: skip
