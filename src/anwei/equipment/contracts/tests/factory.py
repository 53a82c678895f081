"""Contracts, made through the operations."""

from datetime import date
from typing import Any

from django.utils import timezone

from anwei.equipment.contracts.models import Contract
from anwei.equipment.contracts.operations import sign
from anwei.equipment.devices.models import Device
from anwei.foundation.accounts.queries import system_actor


def make_contract(*devices: Device, starts_on: date = date(2026, 1, 1), ends_on: date = date(2026, 12, 31), **changed: Any) -> Contract:
    """Sign a contract for devices, by default with their hospital and full cover."""
    given: dict[str, Any] = {"customer": devices[0].hospital if devices else None, "scheme": "full", "tier": "gold"}
    return sign(
        actor=system_actor("test"), devices=list(devices), starts_on=starts_on, ends_on=ends_on, at=timezone.now(), **(given | changed)
    )
