"""Questions about what is planned and was done on site."""

import hashlib
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import orjson
from django.utils import timezone

from anwei.core.actor import Actor
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.orders.rules import Section, Task
from anwei.workorders.orders.templates import checklist_of
from anwei.workorders.visits.models import PartUse, Photo, Reading, Visit


def fitted_groups(order: WorkOrder) -> set[str]:
    """Return the part groups that were fitted for an order."""
    return set(PartUse.objects.filter(order=order, quantity__gt=0).exclude(part__group="").values_list("part__group", flat=True))


def sections_of(order: WorkOrder) -> tuple[Section, ...]:
    """Return the checklist of an order as it stands: what was fitted adds its tests."""
    return checklist_of(order, fitted_groups(order))


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


def today() -> tuple[datetime, datetime]:
    """Return the bounds of today in the company's time zone."""
    start = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return start, start + timedelta(days=1)
