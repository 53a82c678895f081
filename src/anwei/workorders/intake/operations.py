"""Fault requests: reported by scan or phone, taken in as an order, joined to one, answered, solved."""

import secrets
from datetime import datetime, timedelta

from anwei.core.actor import Actor
from anwei.core.operation import operation, record
from anwei.equipment.devices.models import Device, Sticker
from anwei.workorders.intake.errors import AlreadyAnswered, OtherDevice, UnknownSymptom, UrgedLately
from anwei.workorders.intake.models import FaultRequest
from anwei.workorders.intake.permissions import REPORT_FAULT, TAKE_IN
from anwei.workorders.intake.symptoms import symptom as symptom_named
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.orders.operations import advance, put_order

URGE_EVERY = timedelta(hours=1)


def put_request(*, device: Device, sticker: Sticker | None, door: str, symptom: str, at: datetime, **given: object) -> FaultRequest:
    """Write a request within the running deed.

    :raises UnknownSymptom: the chip is none of those shown
    """
    if symptom_named(symptom) is None:
        raise UnknownSymptom
    return FaultRequest.objects.create(
        token=secrets.token_urlsafe(18), door=door, device=device, sticker=sticker, branch=device.branch, symptom=symptom, at=at, **given
    )


@operation("intake.report", right=REPORT_FAULT, on="sticker")
def report(
    *, actor: Actor, sticker: Sticker, symptom: str, at: datetime, text: str = "", device_down: bool | None = None, harm: str = "unknown",
    name: str = "", phone: str = "",
) -> FaultRequest:  # fmt: skip
    """Report a fault by the sticker on the device, without login.

    :raises UnknownSymptom: the chip is none of those shown
    :raises NotFound: the sticker is unknown, blank or revoked
    """
    assert sticker.device is not None, "only claimed stickers are visible to the public"
    request = put_request(
        device=sticker.device, sticker=sticker, door=FaultRequest.Door.SCAN, symptom=symptom, at=at, text=text, device_down=device_down,
        harm=harm, name=name, phone=phone,
    )  # fmt: skip
    record(request, "intake.reported", at=at)
    return request


@operation("intake.report_by_phone", right=TAKE_IN, on="device")
def report_by_phone(
    *, actor: Actor, device: Device, symptom: str, at: datetime, text: str = "", device_down: bool | None = None, harm: str = "unknown",
    name: str = "", phone: str = "",
) -> FaultRequest:  # fmt: skip
    """Enter a fault that was told by phone.

    :raises UnknownSymptom: the chip is none of those shown
    """
    request = put_request(
        device=device, sticker=None, door=FaultRequest.Door.PHONE, symptom=symptom, at=at, text=text, device_down=device_down, harm=harm,
        name=name, phone=phone,
    )  # fmt: skip
    record(request, "intake.reported", at=at)
    return request


def _must_be_new(request: FaultRequest) -> None:
    if request.state != FaultRequest.State.NEW:
        raise AlreadyAnswered


@operation("intake.accept", right=TAKE_IN, on="request")
def accept(
    *,
    actor: Actor,
    request: FaultRequest,
    at: datetime,
    priority: str = "normal",
    harm: str = "",
    title: str = "",
    kind: str = "corrective",
) -> WorkOrder:
    """Take a request in: it becomes a work order whose clocks run from the report, ready to be dispatched.

    :raises AlreadyAnswered: somebody answered it before
    :raises ConditionNotMet: the question about harm is not answered yet
    :raises DeviceRetired: the device is out of service for good
    """
    _must_be_new(request)
    chip = symptom_named(request.symptom)
    order = put_order(
        actor=actor, device=request.device, at=at, reported_at=request.at, title=title or (chip.label.zh if chip else request.symptom),
        symptom=request.symptom, description=request.text, device_down=request.device_down, harm=harm or request.harm, priority=priority,
        reporter_name=request.name, reporter_phone=request.phone, kind=kind,
    )  # fmt: skip
    advance(actor=actor, order=order, verb="accept", at=at, fields={"urgency": priority})
    request.state, request.order = FaultRequest.State.ACCEPTED, order
    request.save()
    record(request, "intake.accepted", at=at)
    return order


@operation("intake.join", right=TAKE_IN, on="request")
def join(*, actor: Actor, request: FaultRequest, order: WorkOrder, at: datetime) -> FaultRequest:
    """Join a request to an order that is open on the same device.

    :raises AlreadyAnswered: somebody answered it before
    :raises OtherDevice: the order is on another device
    """
    _must_be_new(request)
    if order.device_id != request.device_id:
        raise OtherDevice(number=order.number)
    request.state, request.order = FaultRequest.State.JOINED, order
    request.save()
    record(request, "intake.joined", at=at)
    record(order, "intake.joined", at=at)
    return request


@operation("intake.decline", right=TAKE_IN, on="request")
def decline(*, actor: Actor, request: FaultRequest, answer: str, at: datetime) -> FaultRequest:
    """Decline a request with an answer that the reporter reads.

    :raises AlreadyAnswered: somebody answered it before
    """
    return _answer(request, FaultRequest.State.DECLINED, answer, at)


@operation("intake.solve", right=TAKE_IN, on="request")
def solve(*, actor: Actor, request: FaultRequest, answer: str, at: datetime) -> FaultRequest:
    """Close a request that was solved by phone, saying how.

    :raises AlreadyAnswered: somebody answered it before
    """
    return _answer(request, FaultRequest.State.SOLVED, answer, at)


def _answer(request: FaultRequest, state: str, answer: str, at: datetime) -> FaultRequest:
    _must_be_new(request)
    request.state, request.answer = state, answer
    request.save()
    record(request, f"intake.{state}", at=at)
    return request


@operation("intake.urge", right=REPORT_FAULT, on="request")
def urge(*, actor: Actor, request: FaultRequest, at: datetime) -> FaultRequest:
    """Remind us of a request, at most once an hour.

    :raises UrgedLately: less than an hour ago
    """
    if request.urged_at and at - request.urged_at < URGE_EVERY:
        raise UrgedLately
    request.urged_at = at
    request.save()
    record(request, "intake.urged", at=at)
    return request
