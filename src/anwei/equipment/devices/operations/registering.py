"""Registering a device: one file per unit, never two for the same unit."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from anwei.core.actor import Actor
from anwei.core.identifiers import IssuerNotRead, UdiRefusal, normalise_serial, parse_udi
from anwei.core.operation import operation, record
from anwei.equipment.devices.errors import (
    BranchMissing,
    DatesDisagree,
    DepartmentElsewhere,
    SerialDiffers,
    SerialMissing,
    SerialTaken,
    UdiAnswersDisagree,
    UdiOfOtherModel,
    WrongRole,
)
from anwei.equipment.devices.models import Device, DeviceModel
from anwei.equipment.devices.operations.events import place_of, put_event
from anwei.equipment.devices.permissions import KEEP_DEVICES
from anwei.equipment.devices.rules import dates_agree
from anwei.foundation.branches.models import Branch
from anwei.foundation.branches.operations import next_number
from anwei.foundation.organisations.models import Department, Organisation

__all__ = ["UdiRefusal", "register"]


@operation("devices.register", right=KEEP_DEVICES)
def register(
    *, actor: Actor, model: DeviceModel, hospital: Organisation, at: datetime, serial: str = "", udi: str = "", has_no_udi: bool = False,
    department: Department | None = None, room: str = "", distributor: Organisation | None = None, branch: Branch | None = None,
    purchased_on: date | None = None, warranty_until: date | None = None, software: str = "", parent: Device | None = None,
    id: UUID | None = None,
) -> Device:  # fmt: skip
    """Register one unit at a hospital. A scanned code fills in the serial number; without a branch it goes to the hospital's.

    :raises SerialMissing: neither typed nor in the code
    :raises SerialTaken: the model is there with this serial number, however it is written (width, case, spaces, dashes)
    :raises SerialDiffers: the code carries another serial number than was typed
    :raises UdiRefusal: the code cannot be read
    :raises UdiOfOtherModel: the code carries another model's device identifier
    :raises UdiAnswersDisagree: a code was scanned and "carries no UDI" answered
    :raises WrongRole: the hospital is no hospital, or the distributor no distributor
    :raises DepartmentElsewhere: the department belongs to another hospital
    :raises BranchMissing: no branch serves the hospital and none was named
    :raises DatesDisagree: bought in the future, or out of warranty before it was bought
    """
    serial = read_label(model=model, serial=serial, udi=udi, has_no_udi=has_no_udi)
    check_place(hospital=hospital, department=department, distributor=distributor)
    check_dates(at=at, purchased_on=purchased_on, warranty_until=warranty_until)
    at_branch = branch or hospital.branch
    if at_branch is None:
        raise BranchMissing(hospital=hospital.name, field="hospital")
    refuse_taken(model, serial)
    device = Device(
        number=next_number(at_branch, "D", at), model=model, serial=serial, serial_key=normalise_serial(serial), udi=udi.strip(),
        has_no_udi=has_no_udi, hospital=hospital, department=department, room=room.strip(), distributor=distributor, branch=at_branch,
        purchased_on=purchased_on, warranty_until=warranty_until, software=software, parent=parent,
    )  # fmt: skip
    if id:
        device.id = id
    save_once(device, force_insert=True)
    put_event(actor=actor, device=device, kind="registered", at=at, details=place_of(device))
    record(device, "devices.registered", at=at)
    return device


def read_label(*, model: DeviceModel, serial: str, udi: str, has_no_udi: bool) -> str:
    """Return the serial number as the label says it, from what was typed and scanned."""
    serial = serial.strip()
    if udi.strip():
        if has_no_udi:
            raise UdiAnswersDisagree(field="has_no_udi")
        serial = _compare(model, serial, udi)
    if not normalise_serial(serial):
        raise SerialMissing(field="serial")
    return serial


def _compare(model: DeviceModel, serial: str, udi: str) -> str:
    try:
        read = parse_udi(udi)
    except IssuerNotRead:  # kept as scanned; what it says was typed from the label
        return serial
    except UdiRefusal as refusal:
        refusal.values["field"] = "udi"
        raise
    if model.udi_di and read.di != model.udi_di:
        raise UdiOfOtherModel(scanned=read.di, known=model.udi_di, field="udi")
    if serial and read.serial and normalise_serial(serial) != normalise_serial(read.serial):
        raise SerialDiffers(scanned=read.serial, typed=serial, field="serial")
    return serial or read.serial or ""


def check_place(*, hospital: Organisation, department: Department | None, distributor: Organisation | None = None) -> None:
    """Refuse a place that cannot be."""
    if Organisation.Role.HOSPITAL not in hospital.roles:
        raise WrongRole(name=hospital.name, field="hospital")
    if department and department.organisation_id != hospital.pk:
        raise DepartmentElsewhere(department=department.name, field="department")
    if distributor and Organisation.Role.DISTRIBUTOR not in distributor.roles:
        raise WrongRole(name=distributor.name, field="distributor")


def check_dates(
    *,
    at: datetime,
    purchased_on: date | None,
    warranty_until: date | None,
    installed_on: date | None = None,
    retired_on: date | None = None,
) -> None:
    """Refuse dates that cannot be."""
    today = timezone.localdate(at)
    if not dates_agree(today=today, bought=purchased_on, installed=installed_on, warranty=warranty_until, ended=retired_on):
        raise DatesDisagree(bought=purchased_on or "—", installed=installed_on or "—", warranty=warranty_until or "—", today=today)


def refuse_taken(model: DeviceModel, serial: str) -> None:
    """Refuse a serial number that the model has already: a kind answer before the constraint gives a hard one."""
    if Device.objects.filter(model=model, serial_key=normalise_serial(serial)).exists():
        raise SerialTaken(serial=serial, field="serial")


def save_once(device: Device, *, force_insert: bool = False) -> None:
    """Save a device whose serial number somebody else may be registering at this moment."""
    try:
        with transaction.atomic():
            device.save(force_insert=force_insert)
    except IntegrityError as error:
        if "serial_once_per_model" not in str(error):
            raise
        raise SerialTaken(serial=device.serial, field="serial") from error
