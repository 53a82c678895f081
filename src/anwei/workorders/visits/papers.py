"""What was measured on a device, with the instrument, and which parts it holds now: part of its papers."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from anwei.workorders.visits.models import PartUse, Reading


def readings(device: UUID) -> Iterator[dict[str, Any]]:
    """Yield every reading taken on a device, oldest first, as plain data; numbers are written as text."""
    rows = Reading.objects.filter(visit__order__device=device).select_related("visit__order", "instrument")
    for reading in rows.order_by("at", "id"):
        yield {
            "order": reading.visit.order.number, "task": reading.task, "unit": reading.unit, "text": reading.text,
            "value": None if reading.value is None else format(reading.value.normalize(), "f"), "verdict": reading.verdict,
            "instrument": reading.instrument.number if reading.instrument else "", "at": reading.at.isoformat(),
        }  # fmt: skip


def parts_fitted(device: UUID) -> Iterator[dict[str, Any]]:
    """Yield the parts that were fitted into a device, oldest first, as plain data."""
    rows = PartUse.objects.filter(order__device=device, quantity__gt=0).select_related("order", "part").order_by("at", "id")
    for use in rows:
        yield {
            "order": use.order.number, "part": use.part.number, "name_zh": use.part.name_zh, "name_en": use.part.name_en,
            "quantity": format(use.quantity.normalize(), "f"), "serial": use.serial, "lot": use.lot, "at": use.at.isoformat(),
        }  # fmt: skip
