"""Readings and photos from site."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from anwei.core.actor import Actor
from anwei.core.operation import operation, record, unchanged
from anwei.equipment.devices.queries import is_named_by
from anwei.equipment.instruments.models import Instrument
from anwei.foundation.files.models import StoredFile
from anwei.foundation.files.operations import keep_photo
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.orders.rules import Task
from anwei.workorders.visits.errors import (
    InstrumentNeeded,
    NominalNeeded,
    OutOfCalibration,
    PhotoNeeded,
    ReadingUnfit,
    ReasonNeeded,
    UnknownTask,
)
from anwei.workorders.visits.models import Photo, Reading, Visit
from anwei.workorders.visits.operations.planning import own_visit
from anwei.workorders.visits.permissions import WORK
from anwei.workorders.visits.queries import readings_of, tasks_of
from anwei.workorders.visits.rules import IDENTITY, NO_UDI, Limits, asks_nominal, limits_of, verdict

CHECKED = ("pass", "fail", "n/a")


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
    :raises NominalNeeded: the limits follow from the value that was set on the device, and it is not said
    :raises PhotoNeeded: the task asks for a photo
    :raises ReasonNeeded: out of its limits without a reason
    :raises InstrumentNeeded, OutOfCalibration: measured with nothing, or with an instrument out of calibration (ISO 13485 7.6)
    """
    visit, tasks = own_visit(actor, order), tasks_of(order)
    if not readings:
        unchanged(visit)
        return []
    tools = _tools(order, readings, tasks)
    kept = [_keep(visit, order, _task(tasks, given), given, tools, at) for given in readings]
    record(visit, "visits.measured", at=at)
    return kept


def _task(tasks: Mapping[str, Task], given: ReadingInput) -> Task:
    if given.task not in tasks:
        raise UnknownTask(task=given.task)
    return tasks[given.task]


def _tools(order: WorkOrder, readings: Sequence[ReadingInput], tasks: Mapping[str, Task]) -> dict[str, Instrument]:
    """Which instrument stands for each kind: the one named last on this order, or in this very entry."""
    named = [(key, reading.instrument) for key, reading in readings_of(order).items()]
    named += [(given.task, given.instrument) for given in readings]
    return {tasks[key].instrument: instrument for key, instrument in named if instrument and key in tasks and tasks[key].instrument}


def _keep(visit: Visit, order: WorkOrder, task: Task, given: ReadingInput, tools: Mapping[str, Instrument], at: datetime) -> Reading:
    limits, judged, text = _judge(order, task, given)
    if judged == Reading.Verdict.FAIL and not given.reason.strip():
        raise ReasonNeeded(task=task.label, field=task.key)
    instrument = _instrument(task, given, tools, at)
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
        return _measured(task, given, text)
    if task.kind == "photo":
        raise PhotoNeeded(task=task.label, field=task.key)
    if task.kind == "check":
        if text not in CHECKED:
            raise ReadingUnfit(task=task.label, value=text, field=task.key)
        return None, text, text
    if task.kind == "choice" and text not in dict(task.options):
        raise ReadingUnfit(task=task.label, value=text, field=task.key)
    if task.kind == "instrument":
        return None, Reading.Verdict.PASS, text
    if not text:
        raise ReadingUnfit(task=task.label, value=text, field=task.key)
    return None, _scanned(order, text) if task.key == IDENTITY else Reading.Verdict.RECORD, text


def _measured(task: Task, given: ReadingInput, text: str) -> tuple[Limits | None, str, str]:
    if given.value is None:
        raise ReadingUnfit(task=task.label, value=text, field=task.key)
    if asks_nominal(task.limit) and given.nominal is None:
        raise NominalNeeded(task=task.label, field=task.key)
    limits = limits_of(task.limit, nominal=given.nominal)
    return limits, verdict(given.value, limits), text


def _scanned(order: WorkOrder, text: str) -> str:
    """What was scanned must be this device; "it carries no label" is an answer too."""
    if text == NO_UDI:
        return Reading.Verdict.RECORD
    return Reading.Verdict.PASS if is_named_by(order.device, text) else Reading.Verdict.FAIL


def _instrument(task: Task, given: ReadingInput, tools: Mapping[str, Instrument], at: datetime) -> Instrument | None:
    instrument = given.instrument or (tools.get(task.instrument) if task.kind == "number" else None)
    if instrument is None and (task.kind == "instrument" or (task.kind == "number" and task.instrument)):
        raise InstrumentNeeded(field=task.key)
    if instrument and not instrument.is_usable_on(timezone.localdate(at)):
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
