"""Which contracts covered a device: part of its papers. What was paid for them is the former owner's business."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import Q

from anwei.equipment.contracts.models import Contract
from anwei.equipment.devices.models import Device


def contracts(device: UUID) -> Iterator[dict[str, Any]]:
    """Yield the contracts that name a device, or cover every device of its hospital, oldest first, as plain data."""
    hospital = Device.objects.filter(pk=device).values("hospital")
    covering = Q(covered__device=device) | Q(covers_all_devices=True, customer__in=hospital)
    for contract in Contract.objects.filter(covering).distinct().select_related("customer").order_by("starts_on", "id"):
        yield {
            "number": contract.number, "customer": contract.customer.name, "scheme": contract.scheme, "tier": contract.tier,
            "starts_on": contract.starts_on.isoformat(), "last_day": contract.last_day.isoformat(),
        }  # fmt: skip
