"""Questions about fault requests."""

from uuid import UUID

from django.db.models import Q

from anwei.core.actor import Actor
from anwei.core.errors import NotFound
from anwei.equipment.devices.models import Device
from anwei.equipment.devices.queries import categories
from anwei.workorders.intake.models import FaultRequest, RequestRows
from anwei.workorders.intake.rules import Urgency, urgency
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.orders.symptoms import SHOWN_FIRST, Symptom, symptom, symptoms_for

__all__ = [
    "SHOWN_FIRST", "Symptom", "new_count", "of_order", "on_device", "request_of", "running_on", "runs", "suggested", "symptom",
    "symptoms_for",
]  # fmt: skip

SHOWN = ("device__model", "device__hospital", "device__department", "device__branch", "order")
ENDED = (WorkOrder.Category.DONE, WorkOrder.Category.CANCELLED)
RUNNING = Q(state=FaultRequest.State.NEW) | (Q(order__isnull=False) & ~Q(order__category__in=ENDED))


def request_of(actor: Actor, id: UUID) -> FaultRequest:
    """Return one request with what its pages show.

    :raises NotFound: there is none that this actor may see
    """
    found = FaultRequest.objects.visible_to(actor).select_related(*SHOWN).filter(pk=id).first()
    if found is None:
        raise NotFound(kind="request")
    return found


def new_count(actor: Actor) -> int:
    """Return how many requests wait to be answered, up to a thousand."""
    return FaultRequest.objects.visible_to(actor).new()[:1000].count()


def on_device(actor: Actor, device: UUID) -> RequestRows:
    """Return the requests on a device, newest first."""
    return FaultRequest.objects.visible_to(actor).filter(device_id=device).select_related("order").order_by("-at")


def of_order(actor: Actor, order: UUID) -> RequestRows:
    """Return the requests that an order came from or that joined it, oldest first."""
    return FaultRequest.objects.visible_to(actor).filter(order_id=order).prefetch_related("photos__file").order_by("at")


def runs(request: FaultRequest) -> bool:
    """Say whether a request waits for us: not answered yet, or its order is under way."""
    order = request.order
    return order.category not in ENDED if order else request.state == FaultRequest.State.NEW


def running_on(actor: Actor, device: Device) -> FaultRequest | None:
    """Return the last request on a device that still runs."""
    rows = FaultRequest.objects.visible_to(actor).filter(RUNNING, device=device)
    return rows.select_related(*SHOWN, "order__engineer").order_by("-at").first()


def suggested(device: Device, *, symptom: str, device_down: bool | None, harm: str) -> Urgency:
    """Return how urgent the rule holds a fault of a device."""
    return urgency(criticality=_criticality(device), risk=_risk(symptom), device_down=device_down, harm=harm)


def _criticality(device: Device) -> str:
    category = categories().get(device.model.category)
    return category.criticality if category else "C"


def _risk(key: str) -> str:
    chip = symptom(key)
    return chip.risk if chip else "low"
