"""What an order tells the next owner of its device: the service records of 21 CFR 820.35(b), without who reported."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from anwei.workorders.orders.models import WorkOrder


def service_records(device: UUID) -> Iterator[dict[str, Any]]:
    """Yield the orders of a device that were done, oldest first, as plain data."""
    rows = WorkOrder.objects.filter(device=device, done_at__isnull=False).select_related("hospital", "engineer")
    for order in rows.order_by("reported_at", "id"):
        yield {
            "number": order.number, "kind": order.kind, "hospital": order.hospital.name, "reported_at": order.reported_at.isoformat(),
            "title": order.title, "symptom": order.symptom, "fault": order.fault, "cause": order.cause, "work_done": order.work_done,
            "engineer": order.engineer.name if order.engineer else "", "done_at": order.done_at.isoformat() if order.done_at else None,
            "released_at": order.released_at.isoformat() if order.released_at else None,
        }  # fmt: skip
