"""The gate before clinical use."""

from datetime import datetime

from anwei.core.actor import Actor
from anwei.core.operation import operation, record
from anwei.foundation.accounts.models import User
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.orders.operations import advance
from anwei.workorders.quality.errors import NothingToAssess, ReasonMissing
from anwei.workorders.quality.models import Release
from anwei.workorders.quality.permissions import ANSWER_HARM, RELEASE
from anwei.workorders.quality.queries import tests_of


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
    decided = _decide(actor, order, Release.Verdict.RELEASED, note, at)
    advance(actor=actor, order=order, verb="release", at=at)
    return decided


@operation("quality.refuse", right=RELEASE, on="order")
def refuse(*, actor: Actor, order: WorkOrder, reason: str, at: datetime) -> Release:
    """Refuse the release with a reason: the work goes on, the device stays out of use.

    :raises ReasonMissing: no reason was given
    :raises NoSuchStep: the order does not wait for release
    """
    if not reason.strip():
        raise ReasonMissing(field="reason")
    decided = _decide(actor, order, Release.Verdict.REFUSED, reason, at)
    advance(actor=actor, order=order, verb="refuse_release", at=at, fields={"reason": reason})
    return decided


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
