"""Readings and photos from site."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from anwei.core.actor import Actor
from anwei.core.operation import operation, record
from anwei.equipment.devices.identifiers import normalise_serial
from anwei.equipment.instruments.models import Instrument
from anwei.foundation.files.models import StoredFile
from anwei.foundation.files.operations import keep_photo
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.orders.rules import Task
from anwei.workorders.visits.errors import InstrumentNeeded, OutOfCalibration, ReadingUnfit, ReasonNeeded, UnknownTask
from anwei.workorders.visits.models import Photo, Reading, Visit
from anwei.workorders.visits.operations.planning import own_visit
from anwei.workorders.visits.permissions import WORK
from anwei.workorders.visits.queries import tasks_of
from anwei.workorders.visits.rules import Limits, limits_of, verdict

CHECKED = ("pass", "fail", "n/a")
NO_UDI = "no_udi"


@dataclass(frozen=True, slots=True)
class ReadingInput:
    """One answer to one task: a value for numbers, a text for all else; `nominal` where the task asks for the value set."""

    task: str
    value: Decimal | None = None
    text: str = ""
    nominal: Decimal | None = None
    reason: str = ""
    instrument: Instrument | None = None


@operation("visits.record_readings", right=WORK, on="order")
def record_readings(*, actor: Actor, order: WorkOrder, readings: list[ReadingInput], at: datetime) -> list[Reading]:
    """Record answers of the checklist, judged by their limits; a task answered again keeps the last answer, the trail keeps all.

    :raises NoOpenVisit, NotYourVisit: it was taken back, or is somebody else's
    :raises UnknownTask: the checklist has no such task
    :raises ReadingUnfit: a value of the wrong kind
    :raises ReasonNeeded: out of its limits without a reason
    :raises InstrumentNeeded, OutOfCalibration: measured with nothing, or with an instrument out of calibration (ISO 13485 7.6)
    """
    visit, tasks = own_visit(actor, order), tasks_of(order)
    kept = []
    for given in readings:
        if given.task not in tasks:
            raise UnknownTask(task=given.task)
        kept.append(_keep(visit, order, tasks[given.task], given, at))
    record(visit, "visits.measured", at=at)
    return kept


def _keep(visit: Visit, order: WorkOrder, task: Task, given: ReadingInput, at: datetime) -> Reading:
    limits, judged, text = _judge(order, task, given)
    if judged == Reading.Verdict.FAIL and not given.reason.strip():
        raise ReasonNeeded(task=task.label, field=task.key)
    instrument = _instrument(task, given, at)
    reading, _made = Reading.objects.update_or_create(
        visit=visit,
        task=task.key,
        defaults={
            "value": given.value, "text": text, "unit": task.unit,
            "low": limits.low if limits else None, "high": limits.high if limits else None,
            "verdict": judged, "reason": given.reason, "instrument": instrument, "at": at,
        },
    )  # fmt: skip
    return reading


def _judge(order: WorkOrder, task: Task, given: ReadingInput) -> tuple[Limits | None, str, str]:
    text = given.text.strip()
    if task.kind == "number":
        if given.value is None:
            raise ReadingUnfit(task=task.label, value=text, field=task.key)
        limits = limits_of(task.limit, nominal=given.nominal)
        return limits, verdict(given.value, limits), text
    if task.kind == "check":
        if text not in CHECKED:
            raise ReadingUnfit(task=task.label, value=text, field=task.key)
        return None, {"pass": "pass", "fail": "fail", "n/a": "n/a"}[text], text
    if task.kind == "choice" and text not in dict(task.options):
        raise ReadingUnfit(task=task.label, value=text, field=task.key)
    if task.kind == "scan":
        return None, _scanned(order, text), text
    if task.kind != "instrument" and not text:
        raise ReadingUnfit(task=task.label, value=text, field=task.key)
    return None, Reading.Verdict.PASS if task.kind == "instrument" else Reading.Verdict.RECORD, text


def _scanned(order: WorkOrder, text: str) -> str:
    """What was scanned must be this device: its serial, its number, a sticker of it, its UDI; "carries none" is an answer."""
    device = order.device
    if text == NO_UDI:
        return Reading.Verdict.RECORD
    known = {
        device.serial_key,
        normalise_serial(device.number),
        normalise_serial(device.udi),
        *device.stickers.values_list("code", flat=True),
    }
    code = text.rstrip("/").rpartition("/")[2] if "/q/" in text else text
    return Reading.Verdict.PASS if code in known or normalise_serial(code) in known - {""} else Reading.Verdict.FAIL


def _instrument(task: Task, given: ReadingInput, at: datetime) -> Instrument | None:
    if task.kind == "instrument" and given.instrument is None:
        raise InstrumentNeeded(field=task.key)
    instrument = given.instrument
    if instrument and (instrument.calibration_due is None or instrument.calibration_due < timezone.localdate(at)):
        raise OutOfCalibration(instrument=instrument.number, field=task.key)
    return instrument


@operation("visits.add_photo", right=WORK, on="order")
def add_photo(*, actor: Actor, order: WorkOrder, content: bytes, at: datetime, task: str = "", note: str = "") -> Photo:
    """Add a photo from site, to a task of the checklist or to the order as a whole.

    :raises NoOpenVisit, NotYourVisit: it was taken back, or is somebody else's
    :raises UnknownTask: the checklist has no such task
    :raises NotAPhoto, EmptyFile, PhotoTooLarge, TooManyPixels, DamagedPhoto: the file is none that we keep
    """
    visit = own_visit(actor, order)
    if task and task not in tasks_of(order):
        raise UnknownTask(task=task)
    photo = Photo.objects.create(order=order, visit=visit, file=keep_photo(content), task=task, note=note, at=at)
    record(photo, "visits.photographed", at=at)
    return photo


def put_photo(order: WorkOrder, file: StoredFile, at: datetime) -> Photo:
    """Keep with an order, within the running deed, a photo that came with its report."""
    return Photo.objects.create(order=order, file=file, at=at)
