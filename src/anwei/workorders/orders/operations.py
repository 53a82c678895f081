"""Opening a work order and moving it along its flow."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from anwei.core.actor import Actor
from anwei.core.flow import ClockEffects, Transition
from anwei.core.operation import operation, record
from anwei.core.registers import registers
from anwei.equipment.contracts.queries import coverage
from anwei.equipment.devices.models import Device
from anwei.foundation.branches.operations import next_number
from anwei.foundation.clocks.operations import pause_clocks, resume_clocks, start_clocks, stop_clocks
from anwei.foundation.clocks.queries import clocks_of, next_due
from anwei.workorders.orders.errors import DeviceRetired, MovedMeanwhile, NotByHand
from anwei.workorders.orders.facts import Moment, facts_for, proofs_for
from anwei.workorders.orders.models import Step, WorkOrder
from anwei.workorders.orders.permissions import ADVANCE_ORDER, OPEN_ORDER
from anwei.workorders.orders.promises import promise_for
from anwei.workorders.orders.queries import flow_of, template_for
from anwei.workorders.orders.rules import UrgencyKey

# steps that bring nothing with them but the fields the flow asks for; all others are done by the app that knows what they bring
BY_HAND = frozenset(
    {"call_reporter", "cancel", "plan_again", "help_remotely", "give_up_remotely", "resume", "wait_for_customer", "wait_for_maker"}
)


@operation("orders.open", right=OPEN_ORDER)
def open_order(
    *, actor: Actor, device: Device, title: str, at: datetime, priority: UrgencyKey = "normal", symptom: str = "", description: str = "",
    device_down: bool | None = None, harm: str = "unknown", reporter_name: str = "", reporter_phone: str = "",
    reported_at: datetime | None = None, kind: str = "corrective",
) -> WorkOrder:  # fmt: skip
    """Open a work order on a device: its flow begins, its clocks run from the report.

    :raises DeviceRetired: the device is out of service for good
    :raises NotPublished: no flow is published for the device's channel
    """
    return put_order(
        actor=actor, device=device, title=title, at=at, priority=priority, symptom=symptom, description=description,
        device_down=device_down, harm=harm, reporter_name=reporter_name, reporter_phone=reporter_phone,
        reported_at=reported_at or at, kind=kind,
    )  # fmt: skip


def put_order(*, actor: Actor, device: Device, at: datetime, reported_at: datetime, **given: Any) -> WorkOrder:
    """Write a new order within the running deed, with its first step and its clocks.

    :raises DeviceRetired: the device is out of service for good
    """
    if device.state == Device.State.RETIRED:
        raise DeviceRetired(device=device.number)
    channel = "distributor" if device.distributor_id else "direct"
    promise = promise_for(device, channel, reported_at, str(given.get("priority", "normal")))
    flow = flow_of(promise.flow.pk)
    start = flow.state(flow.start)
    order = WorkOrder(
        number=next_number(device.branch, "", at), branch=device.branch, device=device, hospital=device.hospital,
        department=device.department, distributor=device.distributor, channel=channel,
        flow=promise.flow, state=start.key, category=start.category,
        template=template_for(device, str(given.get("kind", "corrective"))), turn=flow.opening_hand_over or "",
        coverage=coverage(device, timezone.localdate(reported_at)).as_data(), reported_at=reported_at, **given,
    )  # fmt: skip
    order.save(force_insert=True)
    _write_step(order, "open", "", start.key, actor, at, "")
    _move_clocks(order, flow.opening, reported_at, "")
    order.save()
    record(order, "orders.opened", at=at)
    return order


def _write_step(order: WorkOrder, verb: str, before: str, after: str, actor: Actor, at: datetime, reason: str) -> Step:
    return Step.objects.create(
        order=order,
        verb=verb,
        from_state=before,
        to_state=after,
        by=actor.id,
        by_name=actor.name,
        reason=reason,
        at=at,
        received_at=timezone.now(),
    )


def _move_clocks(order: WorkOrder, effects: ClockEffects, at: datetime, reason: str) -> None:
    if effects.start:
        promise = promise_for(order.device, order.channel, order.reported_at, order.priority)
        start_clocks(subject=order.pk, kinds=effects.start, target=promise.target, calendar=promise.calendar, sla=promise.sla, at=at)
    stop_clocks(subject=order.pk, kinds=effects.stop, at=at)
    pause_clocks(subject=order.pk, kinds=effects.pause, reason=reason, at=at)
    resume_clocks(subject=order.pk, kinds=effects.resume, at=at)
    order.next_due_at = next_due(clocks_of(order.pk))


def advance(
    *,
    actor: Actor,
    order: WorkOrder,
    verb: str,
    at: datetime,
    fields: Mapping[str, Any] | None = None,
    proofs: tuple[str, ...] = (),
    **given: Any,
) -> Step:
    """Move a locked order one step within the running deed: the flow allows it, clocks and effects follow, a step is written.

    `fields` is what was filled in, `proofs` what the step brings itself, `given` what facts and effects of other apps may need.

    :raises Refusal: as the flow refuses: NoSuchStep, StepNotYours, ConditionNotMet, FieldMissing, FieldUnfit, ProofMissing
    :raises MovedMeanwhile: somebody moved the order between reading and writing
    """
    flow, given_all = flow_of(order.flow_id), {"fields": dict(fields or {}), "proofs": proofs, **given}
    moment = Moment(order, actor, at, given_all)
    asked = [t for t in flow.transitions_from(order.state) if t.verb == verb]
    step = flow.check(
        verb,
        state=order.state,
        roles=actor.roles,
        facts=facts_for(moment, asked),
        fields=given_all["fields"],
        proofs=proofs_for(moment, asked),
    )
    return _take(moment, step)


def _take(moment: Moment, step: Transition) -> Step:
    order, at = moment.order, moment.at
    flow, before = flow_of(order.flow_id), order.state
    after = flow.state(step.target(before))
    moved = WorkOrder.objects.filter(pk=order.pk, state=before).update(state=after.key, category=after.category)
    if not moved:
        raise MovedMeanwhile
    order.state, order.category = after.key, WorkOrder.Category(after.category)
    order.turn = step.hand_over or order.turn
    filled = moment.given["fields"]
    reason = str(filled.get("reason") or next((v for k, v in filled.items() if k.endswith("_reason")), "") or "")
    written = _write_step(order, step.verb, before, after.key, moment.actor, at, reason)
    _move_clocks(order, step.clocks, at, reason)
    if "work_done" in filled:
        order.work_done = filled["work_done"]
    _stamp(order, at)
    order.save()
    for name in step.effects:
        registers.effects[name].run(moment)
    record(order, f"orders.{step.verb}", at=at)
    return written


def _stamp(order: WorkOrder, at: datetime) -> None:
    if order.state == "repaired":
        order.done_at = at
    elif order.state == "released":
        order.released_at = at
    elif order.state == "settled":
        order.settled_at = at
    elif order.category in (WorkOrder.Category.CANCELLED,) or order.state == "closed":
        order.closed_at = at


@operation("orders.advance", right=ADVANCE_ORDER, on="order")
def move_by_hand(*, actor: Actor, order: WorkOrder, verb: str, fields: dict[str, Any], at: datetime) -> WorkOrder:
    """Move an order by a step that needs nothing but fields: a call, a wait with its reason, a cancellation.

    :raises NotByHand: the step is done on its own page
    :raises Refusal: as the flow refuses
    """
    if verb not in BY_HAND:
        raise NotByHand(verb=verb)
    proofs = ("waiting_evidence",) if fields.get("evidence") else ()
    advance(actor=actor, order=order, verb=verb, at=at, fields=fields, proofs=proofs)
    return order
