"""What was promised for a device at a time: its flow, its service level, its calendar."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.utils import timezone

from anwei.equipment.contracts.queries import coverage
from anwei.equipment.devices.models import Device
from anwei.foundation.clocks.rules import Target, target_for
from anwei.foundation.definitions.models import Version
from anwei.foundation.definitions.queries import domain, published

FLOWS = {"direct": "hospital_direct", "distributor": "hospital_direct"}
DEFAULT_SLA = "basic"
NO_TARGET = Target("work", {})


@dataclass(frozen=True, slots=True)
class Promise:
    """The versions that an order is judged by."""

    flow: Version
    sla: Version
    target: Target
    calendar: Version


@cache
def _criticality() -> dict[str, str]:
    rows = domain("categories")["categories"]
    return {row["key"]: row["criticality"] for row in rows}


def criticality_of(device: Device) -> str:
    """Return A (sustains life), B or C (general use) by the category of its model; C if the category is not known."""
    return _criticality().get(device.model.category, "C")


def region_of(device: Device) -> str:
    """Return how far it is from its branch: the same city, the same province, or remote."""
    branch, hospital = device.branch, device.hospital
    if branch.adcode and hospital.adcode[:4] == branch.adcode[:4]:
        return "city"
    return "province" if branch.adcode and hospital.adcode[:2] == branch.adcode[:2] else "remote"


def promise_for(device: Device, channel: str, reported_at: datetime, priority: str) -> Promise:
    """Return what was promised on the day of the report: by the contract that covered the device, else the basic level.

    :raises NotPublished: a rule that is needed has no published version
    """
    day = timezone.localdate(reported_at)
    sla = coverage(device, day).sla or published("sla", DEFAULT_SLA)
    urgency = "urgent" if priority in ("emergency", "urgent") else "normal"
    where = {"channel": channel, "region": region_of(device), "urgency": urgency}
    target = target_for(sla.body, criticality=criticality_of(device), **where) or NO_TARGET
    return Promise(published("flow", FLOWS[channel]), sla, target, published("calendar", target.calendar))
