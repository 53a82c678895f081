"""The service report of an order, gathered from what the apps below know."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from PIL import Image

from anwei.core.labels import Label
from anwei.equipment.devices.queries import categories
from anwei.foundation.files.models import StoredFile
from anwei.foundation.files.operations import content_of
from anwei.foundation.files.paper.canonical import digest
from anwei.foundation.files.paper.documents import (
    BOTH,
    Bilingual,
    Clearance,
    Company,
    DeviceFacts,
    InstrumentUsed,
    LabourLine,
    PartLine,
    Picture,
    ServiceReport,
    ServiceTimes,
    Signature,
    Site,
    Text,
    Verdict,
)
from anwei.foundation.files.paper.documents import Reading as PaperReading
from anwei.foundation.files.paper.documents import Release as PaperRelease
from anwei.foundation.files.paper.service_report import missing_fields
from anwei.foundation.files.paper.words import in_each
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.orders.rules import Task
from anwei.workorders.quality.models import Release
from anwei.workorders.quality.queries import tests_of
from anwei.workorders.visits.models import PartUse, Reading, Visit
from anwei.workorders.visits.models import Signature as WardSignature
from anwei.workorders.visits.queries import faults_of, part_uses_of, photos_of, readings_of, signatures_of, tasks_of, visits_of
from anwei.workorders.visits.rules import IDENTITY, NO_UDI
from anwei.workorders.visits.shown import CHECKS, CONDITIONS

MOST_PHOTOS = 8
VERDICTS = {"pass": Verdict.PASS, "fail": Verdict.FAIL, "record": Verdict.RECORDED, "n/a": Verdict.NOT_APPLICABLE}


def report_of(order: WorkOrder, *, number: str, at: datetime, site: str) -> tuple[ServiceReport, str]:
    """Return the service report of an order with the digest of its data; its code leads to `site`/verify/…

    Source of what it must hold: 21 CFR 820.35(b).
    """
    visits = [visit for visit in visits_of(order) if visit.finished_at]
    readings, tasks = readings_of(order), tasks_of(order)
    fault = faults_of(order.device.model.category).get(order.fault)
    report = ServiceReport(
        number=number,
        order_number=order.number,
        issued_at=at,
        provider=Company(
            name=Bilingual(order.branch.name_zh, order.branch.name_en), address=order.branch.address, phone=order.branch.phone
        ),
        site=_site(order),
        device=_device(order, readings),
        release=_release(order),
        verify_url="",
        serviced_on=_serviced_on(order, visits),
        servicers=tuple(dict.fromkeys(visit.engineer.name for visit in reversed(visits))),
        times=_times(order, visits),
        fault=_both(fault.problem) if fault else order.title,
        cause=order.cause or (_both(fault.cause) if fault else ""),
        work_done=order.work_done,
        readings=tuple(_reading(tasks[key], readings[key]) for key in _measured(order, tasks) if key in readings),
        instruments=_instruments(readings.values()),
        parts=tuple(_part(use) for use in part_uses_of(order) if use.quantity),
        labour=tuple(_labour(visit) for visit in reversed(visits)),
        photos=_pictures(order),
        signatures=tuple(_signature(signature) for signature in signatures_of(order)[:1]),
    )
    data = digest(report)
    return replace(report, verify_url=f"{site}/verify/{order.pk}/{data}/"), data


def missing_in(order: WorkOrder, at: datetime) -> tuple[Promise, ...]:
    """Return what the service record of an order lacks by 21 CFR 820.35(b), in words."""
    return missing_fields(report_of(order, number="", at=at, site="")[0])


def _both(label: Label) -> Bilingual:
    return Bilingual(label.zh, label.en)


def _said(word: Promise | str) -> Bilingual:
    told = in_each(word, BOTH)
    return Bilingual(told[0], told[-1])


def _site(order: WorkOrder) -> Site:
    return Site(
        customer=Bilingual(order.hospital.name, order.hospital.name_en or order.hospital.name),
        department=order.department.name if order.department else "",
        place=order.device.room,
        reported_by=" ".join(filter(None, (order.reporter_name, order.reporter_phone))),
    )


def _device(order: WorkOrder, readings: dict[str, Reading]) -> DeviceFacts:
    device, model = order.device, order.device.model
    category = categories().get(model.category)
    looked = readings.get(IDENTITY)
    return DeviceFacts(
        name=_both(category.label) if category else model.name,
        model=model.name,
        maker=model.maker_name,
        serial=device.serial,
        udi_di=model.udi_di,
        carries_no_udi=device.has_no_udi or (looked is not None and looked.text == NO_UDI),
        other_identifiers=(device.number, *([device.udi] if device.udi else [])),
        software=device.software,
    )


def _release(order: WorkOrder) -> PaperRelease:
    found = Release.objects.filter(order=order, verdict=Release.Verdict.RELEASED).select_related("by").first()
    if found is None:
        return PaperRelease(clearance=Clearance.PENDING)
    return PaperRelease(clearance=Clearance.RELEASED, by=found.by.name, at=found.at, reason=found.reason, independent=True)


def _serviced_on(order: WorkOrder, visits: list[Visit]) -> date | None:
    ended = order.done_at or (visits[0].finished_at if visits else None)
    return timezone.localdate(ended) if ended else None


def _times(order: WorkOrder, visits: list[Visit]) -> ServiceTimes:
    arrived = min((visit.arrived_at for visit in visits if visit.arrived_at), default=None)
    called = order.steps.filter(verb="call_reporter").order_by("at").values_list("at", flat=True).first()
    stood = order.released_at - order.reported_at if order.device_down and order.released_at else None
    return ServiceTimes(
        reported_at=order.reported_at, responded_at=called or arrived, arrived_at=arrived, finished_at=order.done_at, downtime=stood
    )


def _measured(order: WorkOrder, tasks: Mapping[str, Task]) -> list[str]:
    """Return what is test and inspection data: every measured value, and the checks of the tests that the repair asked for."""
    asked = {test.key for test in tests_of(order)}
    return [key for key, task in tasks.items() if task.kind == "number" or (task.kind in ("check", "choice") and task.block in asked)]


def _trim(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.normalize()


def _reading(task: Task, reading: Reading) -> PaperReading:
    answer: Text
    if (label := dict(task.options).get(reading.text)) is not None:
        answer = _both(label)
    else:
        answer = _said(CHECKS[reading.text]) if reading.text in CHECKS else reading.text
    return PaperReading(
        name=_both(task.label), after=answer if reading.value is None else _trim(reading.value), low=_trim(reading.low),
        high=_trim(reading.high), unit=reading.unit, verdict=VERDICTS[reading.verdict],
    )  # fmt: skip


def _instruments(readings: Iterable[Reading]) -> tuple[InstrumentUsed, ...]:
    used = {reading.instrument.pk: reading.instrument for reading in readings if reading.instrument}
    return tuple(
        InstrumentUsed(name=Bilingual(tool.name_zh, tool.name_en), number=tool.number, calibrated_until=tool.calibration_due)
        for tool in used.values()
    )


def _part(use: PartUse) -> PartLine:
    return PartLine(
        name=Bilingual(use.part.name_zh, use.part.name_en), number=use.part.number, new_serial=use.serial or use.lot,
        old_serial=use.old_serial, old_fate=_said(CONDITIONS[use.old_condition]) if use.old_condition else "", quantity=use.quantity,
    )  # fmt: skip


def _labour(visit: Visit) -> LabourLine:
    started = visit.arrived_at or visit.started_at
    seconds = int((visit.finished_at - started).total_seconds()) if visit.finished_at and started else 0
    name = _said(_("Work on site"))
    hours = (Decimal(seconds) / 3600).quantize(Decimal("0.1"))
    return LabourLine(name=Bilingual(f"{name.zh} {visit.engineer.name}", f"{name.en} {visit.engineer.name}"), hours=hours)


def _pictures(order: WorkOrder) -> tuple[Picture, ...]:
    kept: list[tuple[StoredFile, Text]] = [(photo.file, photo.note) for photo in photos_of(order)[:MOST_PHOTOS]]
    signed: list[tuple[StoredFile, Text]] = [(signature.file, _said(_("Signature of the ward"))) for signature in signatures_of(order)[:1]]
    return tuple(_picture(file, caption) for file, caption in (*kept, *signed))


def _picture(file: StoredFile, caption: Text) -> Picture:
    content = content_of(file, thumbnail=True)
    with Image.open(BytesIO(content)) as image:
        width, height = image.size
    return Picture(jpeg=content, width=width, height=height, caption=caption)


def _signature(signature: WardSignature) -> Signature:
    return Signature(
        name=signature.name, role=signature.duty or _said(_("For the ward")), meaning=_said(_("accepted the work")), at=signature.at
    )
