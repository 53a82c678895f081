"""The service report: what was wrong, what was done, what was measured, who answers for it."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext

from anwei.foundation.files.errors import IncompleteReport
from anwei.foundation.files.paper import drawing, figures
from anwei.foundation.files.paper.canonical import digest
from anwei.foundation.files.paper.documents import (
    ENGLISH,
    DeviceFacts,
    InstrumentUsed,
    LabourLine,
    PartLine,
    Reading,
    ServiceReport,
    Text,
    Verdict,
)
from anwei.foundation.files.paper.typeset import render
from anwei.foundation.files.paper.words import say, words

Said = list[str]
Tell = Callable[[Text], Said]


def missing_fields(report: ServiceReport) -> tuple[Promise, ...]:
    """Name what a service record must hold and this one does not; a report that lacks nothing gives an empty tuple.

    Source: 21 CFR 820.35(b)(1)-(6); "the device carries no UDI" is an answer, no answer is not.
    """
    device = report.device
    identifiers = (device.udi_di, device.serial, device.asset_number, *device.other_identifiers)
    present = {
        _("name of the device"): bool(device.name),
        _("UDI, or the answer that the device carries none"): bool(device.udi_di) or device.carries_no_udi,
        _("an identifier of the device"): any(identifiers),
        _("date of service"): report.serviced_on is not None,
        _("who serviced the device"): any(report.servicers),
        _("service performed"): bool(report.work_done),
        _("test and inspection data, or why there are none"): bool(report.readings or report.no_test_reason),
    }
    return tuple(name for name, there in present.items() if not there)


def service_report(report: ServiceReport) -> bytes:
    """Set a service report and return it as PDF.

    :raises IncompleteReport: no draft, and a field of 21 CFR 820.35(b) is missing
    :raises PaperTooLarge: more than one document carries
    """
    missing = missing_fields(report)
    if missing and not report.draft:
        raise IncompleteReport(fields=pgettext("between the items of a list", ", ").join(map(str, missing)))
    pictures = _pictures(report)
    return render("service_report", _data(report), at=report.issued_at, pictures=pictures)


def _pictures(report: ServiceReport) -> dict[str, str]:
    drawn = {"qr": drawing.qr(report.verify_url)}
    drawn |= {f"photo-{index}": drawing.photo(photo) for index, photo in enumerate(report.photos)}
    drawn |= {
        f"signature-{index}": drawing.handwriting(signature.strokes)
        for index, signature in enumerate(report.signatures)
        if signature.strokes
    }
    return drawn


def _data(report: ServiceReport) -> dict[str, Any]:
    def tell(text: Text) -> Said:
        return say(text, report.languages)

    return {
        "words": words(report.languages),
        "language": report.languages[0],
        "number": report.number,
        "order": report.order_number,
        "draft": report.draft,
        "fingerprint": digest(report),
        "verify_url": report.verify_url,
        "provider": {"name": tell(report.provider.name), "phone": report.provider.phone, "address": tell(report.provider.address)},
        "release": _release(report, tell),
        "site": [
            ["customer", tell(report.site.customer)],
            ["department", tell(report.site.department)],
            ["place", tell(report.site.place)],
            ["reported_by", tell(report.site.reported_by)],
            ["contract", tell(report.site.contract)],
            ["serviced_on", [report.serviced_on.isoformat() if report.serviced_on else ""]],
            ["serviced_by", [(", " if report.languages[0] == ENGLISH else "、").join(report.servicers)]],
        ],
        "device": _device(report.device, tell),
        "times": _times(report, tell),
        "work": [[key, tell(getattr(report, key))] for key in ("fault", "cause", "work_done", "remarks")],
        "readings": [_reading(reading, tell) for reading in report.readings],
        "no_test_reason": tell(report.no_test_reason),
        "instruments": [_instrument(instrument, report, tell) for instrument in report.instruments],
        "parts": [_part(part, report.currency, tell) for part in report.parts],
        "labour": [_labour(line, report.currency, tell) for line in report.labour],
        "currency": report.currency,
        "total_due": _amount(report.total_due, report.currency),
        "photos": [tell(photo.caption) for photo in report.photos],
        "signatures": _signatures(report, tell),
        "notes": [tell(note) for note in report.notes],
    }


def _amount(value: Decimal | None, currency: str) -> str:
    return "" if value is None else figures.amount(value, currency)


def _release(report: ServiceReport, tell: Tell) -> dict[str, Any]:
    release = report.release
    return {
        "clearance": release.clearance.value,
        "by": release.by,
        "at": figures.moment(release.at, report.time_zone) if release.at else "",
        "reason": tell(release.reason),
        "independent": release.independent,
    }


def _device(device: DeviceFacts, tell: Tell) -> list[list[Any]]:
    return [
        ["device", tell(device.name)],
        ["model", [device.model]],
        ["maker", tell(device.maker)],
        ["serial", device.serial],
        ["udi", device.udi_di],
        ["no_udi", device.carries_no_udi and not device.udi_di],
        ["asset", device.asset_number],
        ["other_ids", ", ".join(device.other_identifiers)],
        ["software", [device.software]],
    ]


def _times(report: ServiceReport, tell: Tell) -> dict[str, Any]:
    times, zone = report.times, report.time_zone
    points = {"reported": times.reported_at, "responded": times.responded_at, "arrived": times.arrived_at, "finished": times.finished_at}

    def spans(length: timedelta | None) -> Said:
        if length is None:
            return []
        said = []
        for language in report.languages:
            with override(language):
                said.append(figures.span(length))
        return said

    return {
        "points": [
            {
                "name": name,
                "at": figures.moment(at, zone) if at else "",
                "after": spans(at - times.reported_at) if at and times.reported_at and name in {"responded", "arrived"} else [],
            }
            for name, at in points.items()
        ],
        "downtime": spans(times.downtime),
        "service_level": tell(times.service_level),
    }


def _reading(reading: Reading, tell: Tell) -> dict[str, Any]:
    def side(value: Decimal | Text | None) -> dict[str, Any]:
        if isinstance(value, Decimal):
            low, high = reading.low is not None and value < reading.low, reading.high is not None and value > reading.high
            return {"value": [figures.plain(value)], "mark": "low" if low else "high" if high else ""}
        return {"value": tell(value or ""), "mark": ""}

    return {
        "name": tell(reading.name),
        "before": side(reading.before),
        "after": side(reading.after),
        "limits": figures.limits(reading.low, reading.high),
        "unit": reading.unit,
        "verdict": reading.verdict.value,
        "good": reading.verdict == Verdict.PASS,
    }


def _instrument(instrument: InstrumentUsed, report: ServiceReport, tell: Tell) -> dict[str, Any]:
    until = instrument.calibrated_until
    return {
        "name": tell(instrument.name),
        "number": instrument.number,
        "until": until.isoformat() if until else "",
        "expired": bool(until and report.serviced_on and until < report.serviced_on),
    }


def _part(part: PartLine, currency: str, tell: Tell) -> dict[str, Any]:
    return {
        "name": tell(part.name),
        "number": part.number,
        "new": part.new_serial,
        "old": part.old_serial,
        "fate": tell(part.old_fate),
        "quantity": figures.quantity(part.quantity),
        "payer": tell(part.payer),
        "amount": _amount(part.amount, currency),
    }


def _labour(line: LabourLine, currency: str, tell: Tell) -> dict[str, Any]:
    return {
        "name": tell(line.name),
        "hours": f"{figures.quantity(line.hours)} h",
        "payer": tell(line.payer),
        "amount": _amount(line.amount, currency),
    }


def _signatures(report: ServiceReport, tell: Tell) -> list[dict[str, Any]]:
    return [
        {
            "name": signature.name,
            "role": tell(signature.role),
            "meaning": tell(signature.meaning),
            "at": figures.moment(signature.at, report.time_zone),
            "drawn": bool(signature.strokes),
        }
        for signature in report.signatures
    ]
