"""Models and devices, made through the operations."""

from datetime import datetime
from itertools import count
from typing import Any

from django.utils import timezone

from anwei.equipment.devices.models import Device, DeviceModel, Sticker
from anwei.equipment.devices.operations import claim, print_stickers, register, register_model
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.branches.models import Branch
from anwei.foundation.branches.tests.factory import make_branch
from anwei.foundation.organisations.models import Organisation
from anwei.foundation.organisations.operations import register as register_body

_serials = count(1)


def make_hospital(name: str = "武汉市第一医院", branch: Branch | None = None, **changed: Any) -> Organisation:
    """Register a hospital at a branch."""
    branch = branch or Branch.objects.first() or make_branch()
    given: dict[str, Any] = {"roles": ["hospital"], "city": "武汉市", "province": "湖北省"}
    return register_body(actor=system_actor("test"), name=name, branch=branch, **(given | changed))


def make_model(name: str = "LB-V60", **changed: Any) -> DeviceModel:
    """Register a model, or return the one that is there."""
    standing = DeviceModel.objects.filter(name=name).first()
    given: dict[str, Any] = {"maker_name": "澜泊医疗", "category": "ventilator"}
    return standing or register_model(actor=system_actor("test"), name=name, **(given | changed))


def make_device(hospital: Organisation | None = None, at: datetime | None = None, **changed: Any) -> Device:
    """Register a device; without a serial number it gets one of its own."""
    given: dict[str, Any] = {
        "model": changed.pop("model", None) or make_model(),
        "hospital": hospital or Organisation.objects.hospitals().first() or make_hospital(),
        "serial": f"LB60-23A{next(_serials):04d}",
        "at": at or timezone.now(),
    }
    return register(actor=system_actor("test"), **(given | changed))


def make_sticker(device: Device | None = None) -> Sticker:
    """Print a sticker, claimed for a device where one is given."""
    system, now = system_actor("test"), timezone.now()
    sticker = print_stickers(actor=system, count=1, at=now)[0]
    return claim(actor=system, device=device, code=sticker.code, at=now) if device else sticker
