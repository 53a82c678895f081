"""Questions about what is planned and was done on site."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
from django.utils import timezone

from anwei.core.actor import Actor
from anwei.core.labels import Label
from anwei.equipment.devices.models import Device
from anwei.equipment.devices.queries import is_named_by
from anwei.foundation.definitions.queries import domain
from anwei.inventory.demands.models import Demand
from anwei.inventory.stock.models import Balance, Condition
from anwei.inventory.stock.queries import own_van, van_of
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.orders.queries import checklist_of
from anwei.workorders.orders.rules import Section, Task
from anwei.workorders.visits.models import PartRequest, PartUse, Photo, Reading, Signature, Visit

SWAP = "parts_swap"
# who fits a part out of the van says both serials there: nobody is asked twice
TOLD_BY_FITTING = ("parts_swap.new_part", "parts_swap.old_part")


@dataclass(frozen=True, slots=True)
class FaultCode:
    """A fault that a category of devices is known for: what one sees, its usual cause and what is done about it."""

    code: str
    problem: Label
    cause: Label
    action: Label


def fitted_groups(order: WorkOrder) -> set[str]:
    """Return the part groups that were fitted for an order."""
    return set(PartUse.objects.filter(order=order, quantity__gt=0).exclude(part__group="").values_list("part__group", flat=True))


def sections_of(order: WorkOrder) -> tuple[Section, ...]:
    """Return the checklist of an order as it stands: what was fitted adds its tests, and without a part nothing is asked of one."""
    fitted = PartUse.objects.filter(order=order, quantity__gt=0).exists()
    sections = checklist_of(order, fitted_groups(order))
    made = (replace(section, tasks=tuple(t for t in section.tasks if _is_asked(t, fitted))) for section in sections)
    return tuple(section for section in made if section.tasks)


def _is_asked(task: Task, fitted: bool) -> bool:
    return task.block != SWAP or (fitted and task.key not in TOLD_BY_FITTING)


def tasks_of(order: WorkOrder) -> dict[str, Task]:
    """Return the tasks of an order by key."""
    return {task.key: task for section in sections_of(order) for task in section.tasks}


def readings_of(order: WorkOrder) -> dict[str, Reading]:
    """Return the last reading of each task over all visits of an order."""
    rows = Reading.objects.filter(visit__order=order).select_related("instrument", "visit__engineer").order_by("at", "id")
    return {reading.task: reading for reading in rows}


def open_tasks(order: WorkOrder) -> list[Task]:
    """Return the required tasks that nobody has answered yet; a photo answers where a photo is asked for."""
    answered = set(readings_of(order)) | set(Photo.objects.filter(order=order).exclude(task="").values_list("task", flat=True))
    return [task for task in tasks_of(order).values() if task.required and task.key not in answered]


def last_values(order: WorkOrder) -> dict[str, Reading]:
    """Return what was measured last on the device for each task, before this order."""
    earlier = Reading.objects.filter(visit__order__device=order.device_id, at__lt=order.reported_at).exclude(value=None)
    return {reading.task: reading for reading in earlier.exclude(visit__order=order).order_by("at")}


def shown(order: WorkOrder) -> dict[str, Any]:
    """Return what is shown to who signs: the device, the readings, the parts."""
    readings = [[r.task, str(r.value) if r.value is not None else r.text, r.unit, r.verdict] for r in readings_of(order).values()]
    uses = PartUse.objects.filter(order=order, quantity__gt=0).select_related("part").order_by("id")
    return {
        "order": order.number,
        "device": [order.device.number, order.device.model.name, order.device.serial],
        "readings": sorted(readings),
        "parts": [[u.part.number, str(u.quantity.normalize()), u.serial, u.old_serial, u.old_condition] for u in uses],
    }


def shown_hash(order: WorkOrder) -> str:
    """Return the SHA-256 of what is shown, by which a signature is bound to it."""
    return hashlib.sha256(orjson.dumps(shown(order), option=orjson.OPT_SORT_KEYS)).hexdigest()


def signatures_of(order: WorkOrder) -> list[Signature]:
    """Return the signatures of an order, the last one first."""
    return list(Signature.objects.filter(visit__order=order).select_related("file").order_by("-at", "-id"))


def photos_of(order: WorkOrder) -> list[Photo]:
    """Return the photos of an order in the order in which they were taken."""
    return list(order.photos.select_related("file").order_by("at", "id"))


def part_uses_of(order: WorkOrder) -> list[PartUse]:
    """Return the parts of an order, those taken back again included."""
    return list(order.part_uses.select_related("part").order_by("at", "id"))


def requests_of(order: WorkOrder) -> list[PartRequest]:
    """Return the parts that were asked for an order, those taken back left out."""
    rows = order.part_requests.exclude(demand__state=Demand.State.CANCELLED)
    return list(rows.select_related("part", "instead_of", "demand__held_at", "demand__place").order_by("at", "id"))


def open_requests(order: WorkOrder) -> list[PartRequest]:
    """Return the parts that an order still wants: neither fitted nor taken back."""
    return [request for request in requests_of(order) if request.demand.state != Demand.State.MET]


def awaited_of(order: WorkOrder) -> list[PartRequest]:
    """Return the parts that an order wants and that are not in the van yet."""
    return [request for request in open_requests(order) if request.demand.state != Demand.State.ISSUED]


@dataclass(frozen=True, slots=True)
class PartsStanding:
    """How many requests of an order are open, and for how many of them the pieces are there."""

    wanted: int
    there: int

    @property
    def missing(self) -> int:
        """For how many the pieces are still to come."""
        return self.wanted - self.there


def standings_of(orders: Collection[UUID]) -> dict[UUID, PartsStanding]:
    """Return how the parts of orders stand, without those that want none."""
    found: dict[UUID, list[bool]] = defaultdict(list)
    for order, state in PartRequest.objects.open().filter(order__in=orders).values_list("order", "demand__state"):
        found[order].append(state not in Demand.WAITING)
    return {order: PartsStanding(len(there), sum(there)) for order, there in found.items()}


def parts_are_there(order: WorkOrder) -> bool:
    """Say whether parts were asked for an order and every one is kept for it or lies in the van."""
    open_now = open_requests(order)
    return bool(open_now) and not any(request.demand.state in Demand.WAITING for request in open_now)


def parts_in_van_of(order: WorkOrder) -> bool:
    """Say whether parts were asked for an order and every one lies in the van of the engineer who is to go."""
    open_now = open_requests(order)
    van = van_of(order.engineer_id) if order.engineer_id and open_now else None
    return van is not None and all(r.demand.state == Demand.State.ISSUED and r.demand.held_at_id == van.pk for r in open_now)


def visits_of(order: WorkOrder) -> list[Visit]:
    """Return the appointments of an order, the last one first."""
    return list(order.visits.select_related("engineer").order_by("-from_at"))


def own_visit_of(actor: Actor, order: WorkOrder) -> Visit | None:
    """Return the actor's last appointment for an order that was not cancelled."""
    rows = Visit.objects.filter(order=order, engineer__user_id__in=[actor.id]).exclude(state=Visit.State.CANCELLED)
    return rows.select_related("engineer").order_by("-from_at").first()


def in_own_van(actor: Actor) -> list[Balance]:
    """Return what lies in the actor's own van, by part."""
    rows = Balance.objects.filter(place=own_van(actor), quantity__gt=0).exclude(place=None).select_related("part")
    return list(rows.order_by("part__number", "condition", "serial", "lot"))


def fitting_pieces(actor: Actor, order: WorkOrder) -> list[Balance]:
    """Return the good pieces of the actor's own van that fit an order's category of devices."""
    category = order.device.model.category
    return [
        p
        for p in in_own_van(actor)
        if p.condition == Condition.GOOD and (not p.part.categories or {"*", category} & set(p.part.categories))
    ]


def own_job_for(actor: Actor, code: str) -> WorkOrder | None:
    """Return the actor's own open job on the device whose label, number or sticker was scanned."""
    visits = Visit.objects.filter(engineer__user_id__in=[actor.id]).exclude(state__in=[Visit.State.DONE, Visit.State.CANCELLED])
    rows = visits.select_related("order__device").order_by("from_at")
    return next((visit.order for visit in rows if is_named_by(visit.order.device, code)), None)


def past_faults(actor: Actor, order: WorkOrder, count: int = 3) -> list[WorkOrder]:
    """Return the last faults of an order's device, newest first: who works on a device may know them, whoever's orders they were."""
    device = Device.objects.visible_to(actor).filter(pk=order.device_id)
    rows = WorkOrder.objects.filter(device__in=device, reported_at__lt=order.reported_at).exclude(pk=order.pk)
    return list(rows.order_by("-reported_at")[:count])


def faults_of(category: str) -> dict[str, FaultCode]:
    """Return the fault codes of a category of devices by their code."""
    rows: list[Mapping[str, Any]] = next((c["faults"] for c in domain("faults")["categories"] if c["category"] == category), [])
    return {row["code"]: FaultCode(row["code"], *(_label(row, name) for name in ("problem", "cause", "action"))) for row in rows}


def likely_faults(category: str, symptom: str) -> list[str]:
    """Return the fault codes to look at first for a symptom that the ward chose."""
    chips: list[Mapping[str, Any]] = next((c["symptoms"] for c in domain("faults")["categories"] if c["category"] == category), [])
    return next((list(chip.get("likely", [])) for chip in chips if chip["key"] == symptom), [])


def _label(row: Mapping[str, Any], name: str) -> Label:
    return Label(row[f"{name}_zh"], row[f"{name}_en"])


def own_visits(actor: Actor, start: datetime, end: datetime) -> list[Visit]:
    """Return the actor's own appointments of a time, and those that are open from before, in order."""
    rows = Visit.objects.filter(engineer__user_id__in=[actor.id]).exclude(state=Visit.State.CANCELLED)
    rows = rows.filter(from_at__lt=end).exclude(from_at__lt=start, state=Visit.State.DONE)
    return list(rows.select_related("order__device__model", "order__hospital", "order__department", "order__branch").order_by("from_at"))


def visits_on(day_start: datetime, day_end: datetime, engineers: list[UUID]) -> list[Visit]:
    """Return the appointments of engineers within a time."""
    rows = Visit.objects.filter(engineer__in=engineers, from_at__lt=day_end, to_at__gt=day_start).exclude(state=Visit.State.CANCELLED)
    return list(rows.select_related("order__device__model", "order__hospital").order_by("from_at"))


def repairers_of(order: WorkOrder) -> set[UUID]:
    """Return the users who worked on the device for an order."""
    rows = Visit.objects.filter(order=order).exclude(started_at=None).values_list("engineer__user_id", flat=True)
    return {user for user in rows if user}


def coming() -> tuple[datetime, datetime]:
    """Return the bounds of what an engineer's day shows: from this morning for two weeks."""
    start = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return start, start + timedelta(days=14)
