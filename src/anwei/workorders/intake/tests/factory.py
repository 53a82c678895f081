"""A branch with a device, a clerk who takes in, and requests, made through the operations."""

import io
from typing import Any

from django.utils import timezone
from PIL import Image

from anwei.core.actor import Actor
from anwei.equipment.devices.models import Device
from anwei.equipment.devices.tests.factory import make_device, make_hospital, make_sticker
from anwei.foundation.accounts.queries import public_actor
from anwei.foundation.accounts.tests.factory import make_actor
from anwei.foundation.branches.tests.factory import make_branch
from anwei.workorders.intake.models import FaultRequest
from anwei.workorders.intake.operations import report


def make_ward(code: str = "WH", **changed: Any) -> Device:
    """Set up a branch with a hotline, a hospital and its ventilator."""
    branch = make_branch(code, phone=f"400-{code}")
    return make_device(make_hospital(f"{code}市第一医院", branch=branch), **changed)


def make_clerk(device: Device, username: str = "clerk") -> Actor:
    """Create the intake clerk of a device's branch."""
    return make_actor(username, "intake_clerk", branch=device.branch_id)


def make_request(device: Device, **changed: Any) -> FaultRequest:
    """Report a fault by scan."""
    given: dict[str, Any] = {"symptom": "ven.s2", "harm": "none", "device_down": True, "phone": "13800000417", "at": timezone.now()}
    return report(actor=public_actor(), sticker=make_sticker(device), **(given | changed))


def picture(side: int = 64) -> bytes:
    """Return a small photo."""
    content = io.BytesIO()
    Image.new("RGB", (side, side), "teal").save(content, "JPEG")
    return content.getvalue()
