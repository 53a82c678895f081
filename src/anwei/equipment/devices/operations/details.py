"""Amending what may be amended at once, and correcting key fields with a second person."""

from datetime import date, datetime
from typing import Any

from anwei.core.actor import Actor
from anwei.core.errors import Stale
from anwei.core.identifiers import UdiRefusal, normalise_serial
from anwei.core.operation import operation, record, unchanged
from anwei.equipment.devices.errors import (
    DatesDisagree,
    DeviceRetired,
    NotInItself,
    SerialMissing,
    SerialTaken,
    UdiAnswersDisagree,
    UdiOfOtherModel,
    WrongRole,
)
from anwei.equipment.devices.models import Device, DeviceModel
from anwei.equipment.devices.operations.events import put_event
from anwei.equipment.devices.operations.life import refuse_retired
from anwei.equipment.devices.operations.registering import check_dates, check_place, read_label, save_once
from anwei.equipment.devices.permissions import CORRECT_DEVICES, KEEP_DEVICES
from anwei.foundation.governance.errors import NeedsSecondPerson
from anwei.foundation.organisations.models import Organisation

__all__ = ["DatesDisagree", "DeviceRetired", "SerialTaken", "UdiOfOtherModel", "UdiRefusal", "WrongRole", "amend", "correct"]


@operation("devices.amend", right=KEEP_DEVICES, on="device")
def amend(
    *, actor: Actor, device: Device, at: datetime, udi: str | None = None, has_no_udi: bool | None = None,
    distributor: Organisation | None = None, purchased_on: date | None = None, warranty_until: date | None = None,
    software: str | None = None, parent: Device | None = None, seen: datetime | None = None,
) -> Device:  # fmt: skip
    """Amend details of a device that are no key fields; what is not given stays. A renewed warranty is such an amendment.

    `seen` is the device's `changed_at` as the page showed it.

    :raises Stale: somebody changed the device since it was seen
    :raises DeviceRetired: it is out of service for good
    :raises UdiRefusal: the code cannot be read
    :raises UdiOfOtherModel: the code carries another model's device identifier
    :raises SerialDiffers: the code carries another serial number
    :raises UdiAnswersDisagree: a code was scanned and "carries no UDI" answered
    :raises WrongRole: the distributor is none
    :raises NotInItself: the device it is part of is itself or one of its own parts
    :raises DatesDisagree: dates that cannot be
    """
    refuse_retired(device)
    if seen and seen != device.changed_at:
        raise Stale
    given: dict[str, Any] = {
        "udi": udi, "has_no_udi": has_no_udi, "distributor": distributor, "purchased_on": purchased_on,
        "warranty_until": warranty_until, "software": software, "parent": parent,
    }  # fmt: skip
    changes = {name: value for name, value in given.items() if value is not None and value != getattr(device, name)}
    if not changes:
        unchanged(device)
        return device
    told = {name: [_plain(getattr(device, name)), _plain(value)] for name, value in changes.items()}
    for name, value in changes.items():
        setattr(device, name, value)
    if device.udi and device.has_no_udi:
        raise UdiAnswersDisagree(field="has_no_udi")
    if "udi" in changes:
        read_label(model=device.model, serial=device.serial, udi=device.udi, has_no_udi=device.has_no_udi)
    check_place(hospital=device.hospital, department=None, distributor=distributor)
    _refuse_circle(device)
    check_dates(at=at, purchased_on=device.purchased_on, installed_on=device.installed_on, warranty_until=device.warranty_until)
    device.save()
    put_event(actor=actor, device=device, kind="amended", at=at, details={"changes": told})
    record(device, "devices.amended", at=at)
    return device


def _plain(value: Any) -> Any:
    return value if isinstance(value, (str, bool, type(None))) else str(value)


def _refuse_circle(device: Device) -> None:
    above = device.parent_id
    while above:
        if above == device.pk:
            raise NotInItself(field="parent")
        above = Device.objects.values_list("parent_id", flat=True).get(pk=above)


@operation("devices.correct", right=CORRECT_DEVICES, on="device")
def correct(
    *, actor: Actor, device: Device, at: datetime, serial: str = "", model: DeviceModel | None = None, hospital: Organisation | None = None
) -> Device:
    """Correct a key field that was entered wrongly: serial number, model or hospital. Another person has approved it.

    The old values stay in the device's life, so that what an old label says is still understood.

    :raises NeedsSecondPerson: it comes from no approved proposal
    :raises SerialMissing: the serial number is empty
    :raises SerialTaken: the model is there with this serial number already
    :raises WrongRole: the new hospital is no hospital
    """
    if actor.approved_by is None or actor.approved_by == actor.id:
        raise NeedsSecondPerson
    told: dict[str, list[str]] = {}
    if serial and serial.strip() != device.serial:
        if not normalise_serial(serial):
            raise SerialMissing(field="serial")
        told["serial"] = [device.serial, serial.strip()]
        device.serial, device.serial_key = serial.strip(), normalise_serial(serial)
    if model and model.pk != device.model_id:
        told["model"] = [device.model.name, model.name]
        device.model = model
    if hospital and hospital.pk != device.hospital_id:
        check_place(hospital=hospital, department=None)
        told["hospital"] = [device.hospital.name, hospital.name]
        device.hospital, device.department, device.branch = hospital, None, hospital.branch or device.branch
    if not told:
        unchanged(device)
        return device
    save_once(device)
    put_event(actor=actor, device=device, kind="corrected", at=at, note=actor.reason, details={"changes": told})
    record(device, "devices.corrected", at=at)
    return device
