"""What happened to a device, written into its life."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from anwei.core.actor import Actor
from anwei.core.operation import running_deed
from anwei.equipment.devices.models import Device, Event


def put_event(*, actor: Actor, device: Device, kind: str, at: datetime, note: str = "", details: Mapping[str, Any] | None = None) -> Event:
    """Write a happening into a device's life within the running deed; details are plain data."""
    running_deed()
    return Event.objects.create(device=device, kind=kind, at=at, note=note, details=dict(details or {}), by=actor.name)


def moment_of(day: date, at: datetime) -> datetime:
    """Return the moment of a happening of which only the day is known: the deed's own if it is the same day, else midnight."""
    if day == timezone.localdate(at):
        return at
    return datetime.combine(day, time(), timezone.get_current_timezone())


def place_of(device: Device) -> dict[str, str]:
    """Return where a device stands, as a happening keeps it: in words, so that it stays readable when the names change."""
    return {"hospital": device.hospital.name, "department": device.department.name if device.department else "", "room": device.room}
