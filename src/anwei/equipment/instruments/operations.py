"""Registering test instruments and recording their calibrations."""

from datetime import date, datetime

from django.utils import timezone

from anwei.core.actor import Actor
from anwei.core.operation import operation, record
from anwei.equipment.instruments.errors import (
    CalibrationDatesUnfit,
    CalibrationOutdated,
    CertificateMissing,
    InstrumentRetired,
    NumberMissing,
    NumberTaken,
    UnknownKind,
)
from anwei.equipment.instruments.models import Calibration, Instrument
from anwei.equipment.instruments.permissions import KEEP_INSTRUMENTS
from anwei.equipment.instruments.queries import kinds
from anwei.foundation.branches.models import Branch


@operation("instruments.register", right=KEEP_INSTRUMENTS)
def register(
    *, actor: Actor, number: str, kind: str, branch: Branch, at: datetime, name_zh: str = "", name_en: str = "", serial: str = ""
) -> Instrument:
    """Register a test instrument of a branch. It cannot be used before its first calibration is recorded.

    :raises NumberMissing: no number was given
    :raises UnknownKind: no checklist knows this kind
    :raises NumberTaken: the number is there already
    """
    number = number.strip()
    if not number:
        raise NumberMissing(field="number")
    if kind not in kinds():
        raise UnknownKind(kind=kind, field="kind")
    label = kinds()[kind]
    instrument, made = Instrument.objects.get_or_create(
        number=number,
        defaults={"kind": kind, "name_zh": name_zh or label.zh, "name_en": name_en or label.en, "serial": serial.strip(), "branch": branch},
    )
    if not made:
        raise NumberTaken(number=number, field="number")
    record(instrument, "instruments.registered", at=at)
    return instrument


@operation("instruments.record_calibration", right=KEEP_INSTRUMENTS, on="instrument")
def record_calibration(
    *, actor: Actor, instrument: Instrument, calibrated_on: date, due_on: date, laboratory: str, certificate: str, at: datetime
) -> Calibration:
    """Record a calibration by its certificate; readings count until the day it is due.

    :raises InstrumentRetired: it is out of service
    :raises CertificateMissing: no laboratory or certificate was named
    :raises CalibrationDatesUnfit: done in the future, or due before it was done
    :raises CalibrationOutdated: a calibration of that day or a later one stands already
    """
    if instrument.retired_on:
        raise InstrumentRetired(number=instrument.number)
    if not laboratory.strip() or not certificate.strip():
        raise CertificateMissing(field="certificate" if laboratory.strip() else "laboratory")
    today = timezone.localdate(at)
    if not calibrated_on <= today or not calibrated_on < due_on:
        raise CalibrationDatesUnfit(done=calibrated_on, due=due_on, today=today, field="due_on")
    if instrument.calibrated_on and calibrated_on <= instrument.calibrated_on:
        raise CalibrationOutdated(number=instrument.number, last=instrument.calibrated_on, field="calibrated_on")
    calibration = Calibration.objects.create(
        instrument=instrument, calibrated_on=calibrated_on, due_on=due_on, laboratory=laboratory.strip(), certificate=certificate.strip()
    )
    instrument.calibrated_on, instrument.calibration_due = calibrated_on, due_on
    instrument.save()
    record(instrument, "instruments.calibrated", at=at)
    return calibration


@operation("instruments.retire", right=KEEP_INSTRUMENTS, on="instrument")
def retire(*, actor: Actor, instrument: Instrument, at: datetime) -> Instrument:
    """Take a test instrument out of service; past readings keep it.

    :raises InstrumentRetired: it is out of service already
    """
    if instrument.retired_on:
        raise InstrumentRetired(number=instrument.number)
    instrument.retired_on = timezone.localdate(at)
    instrument.save()
    record(instrument, "instruments.retired", at=at)
    return instrument
