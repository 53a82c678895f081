"""From the first use to the end: installed, moved, transferred, retired."""

from datetime import date, datetime

from django.utils import timezone

from anwei.core.actor import Actor
from anwei.core.operation import operation, record, unchanged
from anwei.equipment.devices.errors import (
    AlreadyInstalled,
    DatesDisagree,
    DepartmentElsewhere,
    DeviceRetired,
    ReasonMissing,
    SameHospital,
    WrongRole,
)
from anwei.equipment.devices.models import Device
from anwei.equipment.devices.operations.events import moment_of, place_of, put_event
from anwei.equipment.devices.operations.registering import check_dates, check_place
from anwei.equipment.devices.permissions import PLACE_DEVICES, TRANSFER_DEVICES
from anwei.equipment.devices.queries import papers
from anwei.foundation.organisations.models import Department, Organisation

__all__ = ["DatesDisagree", "DepartmentElsewhere", "WrongRole", "install", "move", "refuse_retired", "retire", "transfer"]


def refuse_retired(device: Device) -> None:
    """Refuse to do anything more to a device that is retired."""
    if device.state == Device.State.RETIRED:
        raise DeviceRetired(number=device.number)


@operation("devices.install", right=PLACE_DEVICES, on="device")
def install(
    *, actor: Actor, device: Device, installed_on: date, at: datetime, department: Department | None = None, room: str = "",
    software: str = "", warranty_until: date | None = None,
) -> Device:  # fmt: skip
    """Say that a registered device was installed and is in use from a day on; what is left empty stays as it was.

    :raises AlreadyInstalled: it is in use already
    :raises DeviceRetired: it is out of service for good
    :raises DepartmentElsewhere: the department belongs to another hospital
    :raises DatesDisagree: installed before it was bought, or in the future
    """
    refuse_retired(device)
    if device.state == Device.State.INSTALLED:
        raise AlreadyInstalled(number=device.number)
    check_place(hospital=device.hospital, department=department)
    device.department, device.room = department or device.department, room.strip() or device.room
    device.software, device.warranty_until = software or device.software, warranty_until or device.warranty_until
    device.state, device.installed_on = Device.State.INSTALLED, installed_on
    check_dates(at=at, purchased_on=device.purchased_on, installed_on=installed_on, warranty_until=device.warranty_until)
    device.save()
    put_event(actor=actor, device=device, kind="installed", at=moment_of(installed_on, at), details=place_of(device))
    record(device, "devices.installed", at=at)
    return device


@operation("devices.move", right=PLACE_DEVICES, on="device")
def move(*, actor: Actor, device: Device, at: datetime, department: Department | None = None, room: str = "", reason: str = "") -> Device:
    """Move a device to another department or room of its hospital.

    :raises DeviceRetired: it is out of service for good
    :raises DepartmentElsewhere: the department belongs to another hospital: that is a transfer
    """
    refuse_retired(device)
    check_place(hospital=device.hospital, department=department)
    room = room.strip()
    if (department.pk if department else None, room) == (device.department_id, device.room):
        unchanged(device)
        return device
    before = place_of(device)
    device.department, device.room = department, room
    device.save()
    put_event(actor=actor, device=device, kind="moved", at=at, note=reason, details={"from": before, "to": place_of(device)})
    record(device, "devices.moved", at=at)
    return device


@operation("devices.transfer", right=TRANSFER_DEVICES, on="device")
def transfer(
    *, actor: Actor, device: Device, hospital: Organisation, reason: str, at: datetime, department: Department | None = None, room: str = ""
) -> Device:
    """Hand a device over to another hospital, with copies of its papers as they stand at that moment.

    Its life and its service records go with it: 《医疗器械使用质量监督管理办法》, article 20. Its branch becomes the new hospital's.

    :raises SameHospital: it is there already
    :raises ReasonMissing: no reason was given
    :raises DeviceRetired: it is out of service for good
    :raises WrongRole: the new owner is no hospital
    :raises DepartmentElsewhere: the department is not the new hospital's
    """
    refuse_retired(device)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    if hospital.pk == device.hospital_id:
        raise SameHospital(number=device.number, hospital=hospital.name, field="hospital")
    check_place(hospital=hospital, department=department)
    before, handed = place_of(device), papers(device)
    device.hospital, device.department, device.room = hospital, department, room.strip()
    device.branch = hospital.branch or device.branch
    device.save()
    details = {"from": before, "to": place_of(device), "papers": handed}
    put_event(actor=actor, device=device, kind="transferred", at=at, note=reason.strip(), details=details)
    record(device, "devices.transferred", at=at)
    return device


@operation("devices.retire", right=TRANSFER_DEVICES, on="device")
def retire(*, actor: Actor, device: Device, reason: str, at: datetime, retired_on: date | None = None) -> Device:
    """Take a device out of service for good; its stickers end with it, its file is kept.

    :raises DeviceRetired: it is retired already
    :raises ReasonMissing: no reason was given
    :raises DatesDisagree: retired before it was installed, or in the future
    """
    refuse_retired(device)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    day = retired_on or timezone.localdate(at)
    check_dates(at=at, purchased_on=device.purchased_on, installed_on=device.installed_on, warranty_until=None, retired_on=day)
    device.state, device.retired_on = Device.State.RETIRED, day
    device.save()
    for sticker in device.stickers.living():
        sticker.revoked_at = at
        sticker.save()
    put_event(actor=actor, device=device, kind="retired", at=moment_of(day, at), note=reason.strip())
    record(device, "devices.retired", at=at)
    return device
