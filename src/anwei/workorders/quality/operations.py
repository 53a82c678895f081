"""The gate before clinical use."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import pgettext

from anwei.core.actor import Actor
from anwei.core.operation import operation, record
from anwei.foundation.accounts.models import User
from anwei.foundation.files.models import StoredFile
from anwei.foundation.files.operations import keep
from anwei.foundation.files.paper.service_report import service_report
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.orders.operations import advance
from anwei.workorders.quality.errors import NothingToAssess, NotReleased, ReasonMissing, RecordIncomplete
from anwei.workorders.quality.models import Release, Report
from anwei.workorders.quality.permissions import ANSWER_HARM, CLOSE_ORDER, DELIVER_REPORT, RELEASE
from anwei.workorders.quality.queries import tests_of
from anwei.workorders.quality.report import missing_in, report_of


def _decide(actor: Actor, order: WorkOrder, verdict: str, reason: str, at: datetime) -> Release:
    evidence = {
        test.key: {"passed": test.passed, "readings": {r.task: [str(r.value or r.text), r.verdict] for r in test.readings}}
        for test in tests_of(order)
    }
    release = Release.objects.create(
        order=order, device_id=order.device_id, verdict=verdict, reason=reason, by=User.objects.get(pk=actor.id), at=at, evidence=evidence
    )
    record(release, f"quality.{verdict}", at=at)
    return release


@operation("quality.release", right=RELEASE, on="order")
def release(*, actor: Actor, order: WorkOrder, at: datetime, note: str = "") -> Release:
    """Release the device to clinical use: all tests that the repair asks for have passed, and somebody else repaired it.

    :raises ConditionNotMet: a test is missing or failed, or the releaser is the repairer or not authorised
    :raises NoSuchStep: the order does not wait for release
    """
    advance(actor=actor, order=order, verb="release", at=at)
    return _decide(actor, order, Release.Verdict.RELEASED, note, at)


@operation("quality.refuse", right=RELEASE, on="order")
def refuse(*, actor: Actor, order: WorkOrder, reason: str, at: datetime) -> Release:
    """Refuse the release with a reason: the work goes on, the device stays out of use.

    :raises ReasonMissing: no reason was given
    :raises NoSuchStep: the order does not wait for release
    """
    if not reason.strip():
        raise ReasonMissing(field="reason")
    advance(actor=actor, order=order, verb="refuse_release", at=at, fields={"reason": reason})
    return _decide(actor, order, Release.Verdict.REFUSED, reason, at)


@operation("quality.assess_harm", right=ANSWER_HARM, on="order")
def assess_harm(*, actor: Actor, order: WorkOrder, harm: str, at: datetime) -> WorkOrder:
    """Answer whether somebody was harmed, where the report left it open.

    :raises NothingToAssess: it is answered
    """
    if order.harm != "unknown" or harm not in ("none", "near", "harm"):
        raise NothingToAssess
    order.harm = harm
    order.save()
    record(order, "quality.harm_assessed", at=at)
    return order


@operation("quality.deliver_report", right=DELIVER_REPORT, on="order")
def deliver_report(*, actor: Actor, order: WorkOrder, at: datetime, site: str = "") -> Report:
    """Make the service report of a released order, keep it as paper, and deliver it.

    `site` is the address under which the code on the paper is verified; without it the system's own. A report is never changed:
    delivered again, it gets the next number.

    :raises NotReleased: nobody released the device yet
    :raises IncompleteReport: a field of 21 CFR 820.35(b) is missing; each is named
    """
    if not Release.objects.filter(order=order, verdict=Release.Verdict.RELEASED).exists():
        raise NotReleased
    number = f"{order.number}-R{order.reports.count() + 1}"
    made, digest = report_of(order, number=number, at=at, site=(site or settings.BASE_URL).rstrip("/"))
    file = keep(service_report(made), kind=StoredFile.Kind.DOCUMENT, name=f"{number}.pdf", media_type="application/pdf")
    report = Report.objects.create(order=order, number=number, file=file, digest=digest, at=at)
    record(report, "quality.report_delivered", at=at)
    advance(actor=actor, order=order, verb="deliver_report", at=at)
    return report


@operation("quality.close", right=CLOSE_ORDER, on="order")
def close(*, actor: Actor, order: WorkOrder, at: datetime) -> WorkOrder:
    """Close a settled order whose service record is complete and delivered: nothing is added to it any more.

    :raises RecordIncomplete: a field of 21 CFR 820.35(b) is missing; each is named
    :raises ConditionNotMet: the report is not delivered, or an assessment of harm stands open
    :raises NoSuchStep: the order is not settled
    """
    if missing := missing_in(order, at):
        raise RecordIncomplete(fields=pgettext("between the items of a list", ", ").join(map(str, missing)))
    advance(actor=actor, order=order, verb="close", at=at)
    return order
