"""A visit in the small company: the order that was sent out, and answers that pass."""

import io
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone
from PIL import Image

from anwei.core.actor import Actor
from anwei.workorders.dispatch.operations import assign
from anwei.workorders.intake.operations import accept as take_in
from anwei.workorders.intake.operations import report_by_phone
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.orders.rules import Task
from anwei.workorders.visits import operations as visits
from anwei.workorders.visits.models import PartUse, Signature
from anwei.workorders.visits.queries import shown_hash, tasks_of
from anwei.workorders.visits.rules import limits_of
from tests.journeys.company import Company

MOVES = (visits.accept, visits.travel, visits.arrive, visits.start)


def picture() -> bytes:
    """Return a small photo."""
    content = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(content, "JPEG")
    return content.getvalue()


def send_out(company: Company, hours: int = 1) -> WorkOrder:
    """Report a fault by phone, take it in and send Tom in an hour, or later."""
    now = timezone.now()
    request = report_by_phone(
        actor=company.actor("clerk"), device=company.device, symptom="ven.s3", device_down=True, harm="none", name="周敏",
        phone="13800000417", at=now,
    )  # fmt: skip
    order = take_in(actor=company.actor("clerk"), request=request, priority="urgent", at=now)
    start = now + timedelta(hours=hours)
    assign(actor=company.actor("dana"), order=order, engineer=company.engineer, from_at=start, to_at=start + timedelta(hours=2), at=now)
    return order


def go_to_work(company: Company, order: WorkOrder, steps: int = 4) -> WorkOrder:
    """Let Tom accept, travel, arrive and start."""
    for move in MOVES[:steps]:
        move(actor=company.actor("tom"), order=order, at=timezone.now())
    order.refresh_from_db()
    return order


def at_work(company: Company) -> WorkOrder:
    """Return an order that Tom is working on."""
    return go_to_work(company, send_out(company))


def fit(company: Company, order: WorkOrder, actor: Actor | None = None) -> PartUse:
    """Fit the part out of Tom's van."""
    tom = actor or company.actor("tom")
    return visits.fit_part(
        actor=tom, order=order, part=company.part, serial="FS-1", old_serial="FS-0", old_condition="defective", at=timezone.now()
    )


def answer_all(company: Company, order: WorkOrder) -> None:
    """Answer every task of the checklist so that it passes."""
    tom, now = company.actor("tom"), timezone.now()
    for task in tasks_of(order).values():
        if (answer := good_answer(company, task)) is not None:
            visits.record_readings(actor=tom, order=order, readings=[answer], at=now)
        else:
            visits.add_photo(actor=tom, order=order, content=picture(), task=task.key, at=now)


def sign(company: Company, order: WorkOrder) -> Signature:
    """Let the ward sign what is shown."""
    return visits.sign(
        actor=company.actor("tom"), order=order, name="周敏", duty="护士长", image=picture(), shown_sha256=shown_hash(order),
        at=timezone.now(),
    )  # fmt: skip


def good_answer(company: Company, task: Task) -> visits.ReadingInput | None:
    """Return an answer that passes; photos are no readings."""
    if task.kind == "photo":
        return None
    if task.kind == "number":
        nominal = Decimal(100) if task.limit and task.limit.get("nominal") == "set_value" else None
        limits = limits_of(task.limit, nominal=nominal)
        ends = [e for e in (limits.low, limits.high) if e is not None] if limits else [Decimal(1)]
        return visits.ReadingInput(task.key, value=sum(ends, Decimal(0)) / len(ends), nominal=nominal)
    if task.kind == "instrument":
        kind = task.instrument if task.instrument in company.instruments else "est"
        return visits.ReadingInput(task.key, instrument=company.instruments[kind])
    text = {"check": "pass", "scan": company.sticker.code, "choice": task.options[0][0] if task.options else ""}.get(task.kind, "done")
    return visits.ReadingInput(task.key, text=text)
