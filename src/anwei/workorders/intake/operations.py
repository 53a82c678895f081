"""Fault requests: reported by scan or phone, taken in as an order, joined to one, answered, solved."""

import secrets
from datetime import datetime, timedelta
from typing import Literal

from django.utils.translation import gettext_noop, override

from anwei.core.actor import Actor
from anwei.core.errors import NotFound, Refusal
from anwei.core.operation import operation, record
from anwei.equipment.devices.models import Device, Sticker
from anwei.foundation.files.operations import keep_photo
from anwei.foundation.notices.operations import tell
from anwei.workorders.intake.errors import (
    AlreadyAnswered,
    AnswerMissing,
    NothingRuns,
    OrderEnded,
    OtherDevice,
    UnknownHarm,
    UnknownSymptom,
    UrgedLately,
)
from anwei.workorders.intake.models import FaultRequest, RequestPhoto
from anwei.workorders.intake.permissions import REPORT_FAULT, REPORT_OWN, TAKE_IN
from anwei.workorders.intake.queries import runs, suggested
from anwei.workorders.intake.rules import HARM_ANSWERS
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.orders.operations import advance, put_order
from anwei.workorders.orders.rules import UrgencyKey
from anwei.workorders.orders.symptoms import symptom as symptom_named
from anwei.workorders.visits.operations import put_photo

URGE_EVERY = timedelta(hours=1)
WARD_ASKS = gettext_noop("The ward asks about %(number)s: %(title)s")


def put_request(
    *, device: Device, door: str, symptom: str, harm: str, at: datetime, photo: bytes = b"", sticker: Sticker | None = None, **given: object
) -> FaultRequest:
    """Write a request within the running deed. A photo that we do not keep never loses the report; the trail says that one came.

    :raises UnknownSymptom: the chip is none of those shown
    :raises UnknownHarm: the answer about harm is none of those offered
    """
    if symptom_named(symptom) is None:
        raise UnknownSymptom(field="symptom")
    if harm not in (*HARM_ANSWERS, "unknown"):
        raise UnknownHarm(field="harm")
    request = FaultRequest.objects.create(
        token=secrets.token_urlsafe(18), door=door, device=device, sticker=sticker, branch=device.branch, symptom=symptom, harm=harm, at=at,
        **given,
    )  # fmt: skip
    record(request, "intake.reported", at=at)
    if photo:
        try:
            RequestPhoto.objects.create(request=request, file=keep_photo(photo))
        except Refusal:
            record(request, "intake.photo_refused", at=at)
    return request


@operation("intake.report", right=REPORT_FAULT, on="sticker")
def report(
    *, actor: Actor, sticker: Sticker, symptom: str, at: datetime, text: str = "", device_down: bool | None = None, harm: str = "unknown",
    name: str = "", phone: str = "", photo: bytes = b"",
) -> FaultRequest:  # fmt: skip
    """Report a fault by the sticker on the device, without login. A photo that we do not keep is left out.

    :raises UnknownSymptom: the chip is none of those shown
    :raises UnknownHarm: the answer about harm is none of those offered
    :raises NotFound: the sticker is unknown, blank or revoked
    """
    if sticker.device is None or sticker.revoked_at:
        raise NotFound(kind="sticker")
    return put_request(
        device=sticker.device, sticker=sticker, door=FaultRequest.Door.SCAN, symptom=symptom, at=at, text=text, device_down=device_down,
        harm=harm, name=name, phone=phone, photo=photo,
    )  # fmt: skip


@operation("intake.report_own", right=REPORT_OWN, on="device")
def report_own(
    *, actor: Actor, device: Device, symptom: str, at: datetime, text: str = "", device_down: bool | None = None, harm: str = "unknown",
    name: str = "", phone: str = "", photo: bytes = b"",
) -> FaultRequest:  # fmt: skip
    """Report a fault of a device that one finds in one's own ledger. A photo that we do not keep is left out.

    :raises UnknownSymptom: the chip is none of those shown
    :raises UnknownHarm: the answer about harm is none of those offered
    """
    return put_request(
        device=device, door=FaultRequest.Door.PORTAL, symptom=symptom, at=at, text=text, device_down=device_down, harm=harm,
        name=name or actor.name, phone=phone, photo=photo,
    )  # fmt: skip


@operation("intake.report_by_phone", right=TAKE_IN, on="device")
def report_by_phone(
    *, actor: Actor, device: Device, symptom: str, at: datetime, text: str = "", device_down: bool | None = None, harm: str = "unknown",
    name: str = "", phone: str = "",
) -> FaultRequest:  # fmt: skip
    """Enter a fault that was told by phone.

    :raises UnknownSymptom: the chip is none of those shown
    :raises UnknownHarm: the answer about harm is none of those offered
    """
    return put_request(
        device=device, door=FaultRequest.Door.PHONE, symptom=symptom, at=at, text=text, device_down=device_down, harm=harm, name=name,
        phone=phone,
    )  # fmt: skip


def _must_be_new(request: FaultRequest) -> None:
    if request.state != FaultRequest.State.NEW:
        raise AlreadyAnswered


@operation("intake.accept", right=TAKE_IN, on="request")
def accept(
    *,
    actor: Actor,
    request: FaultRequest,
    at: datetime,
    priority: UrgencyKey | Literal[""] = "",
    harm: str = "",
    symptom: str = "",
    device_down: bool | None = None,
    title: str = "",
    kind: str = "corrective",
) -> WorkOrder:
    """Take a request in: it becomes a work order whose clocks run from the report, ready to be dispatched, its photos with it.

    What was asked meanwhile replaces what was reported; without a priority the rule of urgency decides.

    :raises AlreadyAnswered: somebody answered it before
    :raises UnknownSymptom: the chip is none of those shown
    :raises ConditionNotMet: the question about harm is not answered yet
    :raises DeviceRetired: the device is out of service for good
    """
    _must_be_new(request)
    symptom, harm = symptom or request.symptom, harm or request.harm
    down = request.device_down if device_down is None else device_down
    if (chip := symptom_named(symptom)) is None:
        raise UnknownSymptom(field="symptom")
    priority = priority or suggested(request.device, symptom=symptom, device_down=down, harm=harm).key
    order = put_order(
        actor=actor, device=request.device, at=at, reported_at=request.at, title=title or chip.label.zh, symptom=symptom,
        description=request.text, device_down=down, harm=harm, priority=priority, reporter_name=request.name,
        reporter_phone=request.phone, kind=kind,
    )  # fmt: skip
    advance(actor=actor, order=order, verb="accept", at=at, fields={"urgency": priority})
    _hand_over(request, order, FaultRequest.State.ACCEPTED, at)
    return order


def _hand_over(request: FaultRequest, order: WorkOrder, state: FaultRequest.State, at: datetime) -> None:
    """Tie a request to its order; its photos stay with both."""
    request.state, request.order = state, order
    request.save()
    for photo in request.photos.select_related("file").order_by("id"):
        put_photo(order, photo.file, request.at)
    record(request, f"intake.{state}", at=at)


@operation("intake.take_phone_call", right=TAKE_IN, on="device")
def take_phone_call(
    *, actor: Actor, device: Device, symptom: str, harm: str, at: datetime, text: str = "", device_down: bool | None = None,
    name: str = "", phone: str = "", priority: UrgencyKey | Literal[""] = "",
) -> WorkOrder:  # fmt: skip
    """Enter a fault that is told by phone and take it in at once, in one deed.

    :raises UnknownSymptom: the chip is none of those shown
    :raises ConditionNotMet: the question about harm is not answered yet
    :raises DeviceRetired: the device is out of service for good
    """
    request = report_by_phone(
        actor=actor, device=device, symptom=symptom, at=at, text=text, device_down=device_down, harm=harm, name=name, phone=phone
    )
    return accept(actor=actor, request=request, at=at, priority=priority)


@operation("intake.join", right=TAKE_IN, on="request")
def join(*, actor: Actor, request: FaultRequest, order: WorkOrder, at: datetime) -> FaultRequest:
    """Join a request to an order that is open on the same device.

    :raises AlreadyAnswered: somebody answered it before
    :raises OtherDevice: the order is on another device
    :raises OrderEnded: the order is done or cancelled
    """
    _must_be_new(request)
    if order.device_id != request.device_id:
        raise OtherDevice(number=order.number)
    if order.category in (WorkOrder.Category.DONE, WorkOrder.Category.CANCELLED):
        raise OrderEnded(number=order.number)
    _hand_over(request, order, FaultRequest.State.JOINED, at)
    record(order, "intake.joined", at=at)
    return request


@operation("intake.decline", right=TAKE_IN, on="request")
def decline(*, actor: Actor, request: FaultRequest, answer: str, at: datetime) -> FaultRequest:
    """Decline a request with an answer that the reporter reads.

    :raises AlreadyAnswered: somebody answered it before
    :raises AnswerMissing: the answer is empty
    """
    return _answer(request, FaultRequest.State.DECLINED, answer, at)


@operation("intake.solve", right=TAKE_IN, on="request")
def solve(*, actor: Actor, request: FaultRequest, answer: str, at: datetime) -> FaultRequest:
    """Close a request that was solved by phone, saying how.

    :raises AlreadyAnswered: somebody answered it before
    :raises AnswerMissing: the answer is empty
    """
    return _answer(request, FaultRequest.State.SOLVED, answer, at)


def _answer(request: FaultRequest, state: str, answer: str, at: datetime) -> FaultRequest:
    _must_be_new(request)
    if not answer.strip():
        raise AnswerMissing(field="answer")
    request.state, request.answer = state, answer
    request.save()
    record(request, f"intake.{state}", at=at)
    return request


@operation("intake.urge", right=REPORT_FAULT, on="request")
def urge(*, actor: Actor, request: FaultRequest, at: datetime) -> FaultRequest:
    """Remind us of a request, at most once an hour; the engineer who has it is told.

    :raises NothingRuns: it is answered, or its order has ended
    :raises UrgedLately: less than an hour ago
    """
    if not runs(request):
        raise NothingRuns
    if request.urged_at and at - request.urged_at < URGE_EVERY:
        raise UrgedLately
    request.urged_at = at
    request.save()
    record(request, "intake.urged", at=at)
    if request.order and request.order.engineer and (user := request.order.engineer.user):
        with override(user.language):
            values = {"number": request.order.number, "title": request.order.shown_title}
        tell(user=user, message=WARD_ASKS, values=values, url="", at=at)
    return request
