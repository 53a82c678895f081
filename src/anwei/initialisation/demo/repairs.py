"""Sixty repairs in every state, each brought there through the operations of those who do it."""

import io
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from django.utils import timezone
from PIL import Image, ImageDraw

from anwei.core.actor import Actor
from anwei.equipment.devices.models import Device
from anwei.finance.billing.operations import invoice, receive_payment
from anwei.finance.settlement.models import SettlementLine
from anwei.finance.settlement.operations import confirm
from anwei.foundation.staff.models import Engineer
from anwei.foundation.staff.queries import lacks_of
from anwei.initialisation.demo.cast import Cast
from anwei.inventory.parts.queries import parts_for
from anwei.inventory.stock.models import Balance
from anwei.workorders.dispatch.operations import assign
from anwei.workorders.intake.models import FaultRequest
from anwei.workorders.intake.operations import accept, decline, report_by_phone
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.orders.operations import move_by_hand
from anwei.workorders.orders.rules import Task
from anwei.workorders.orders.symptoms import symptoms_for
from anwei.workorders.quality.operations import close, deliver_report, refuse, release
from anwei.workorders.visits import operations as visits
from anwei.workorders.visits.queries import shown_hash, tasks_of
from anwei.workorders.visits.rules import limits_of

# how many stop where; the rest of the way every one of them went through
STOPS = {
    "new": 4, "declined": 1, "accepted": 8, "cancelled": 2, "assigned": 5, "engineer_accepted": 3, "travelling": 2, "on_site": 2,
    "working": 5,
    "waiting_part": 4, "waiting_customer": 3, "repaired": 5, "sent_back": 1, "released": 5, "settled": 5,
    "billed": 4, "paid": 3, "closed": 3,
}  # fmt: skip
# how many minutes ago those were reported that are still open, from and to; the finished ones: 3 to 40 days
AGES = {
    "new": (3, 25), "accepted": (12, 170), "assigned": (30, 240), "engineer_accepted": (60, 240), "travelling": (90, 240),
    "on_site": (120, 300), "working": (150, 360), "waiting_part": (1440, 3600), "waiting_customer": (400, 1500),
    "repaired": (300, 600), "sent_back": (400, 700),
}  # fmt: skip
APPOINTMENT = timedelta(minutes=75)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
WORK = ["清洁气路并更换部件，自检及性能检测合格", "更换故障件，校准后各项指标符合要求", "重新固定接插件，老化部件已更换，测试通过"]
PHONES = "139000{:05d}"


def picture(text: str) -> bytes:
    """Return a drawn stand-in for a photo from site."""
    image = Image.new("RGB", (640, 420), "#dfe9e6")
    drawing = ImageDraw.Draw(image)
    drawing.rectangle((60, 60, 580, 360), outline="#0b6e6e", width=6)
    drawing.line((60, 300, 200, 200, 320, 280, 460, 120, 580, 220), fill="#0b6e6e", width=4)
    drawing.text((80, 80), text, fill="#16201e")
    content = io.BytesIO()
    image.save(content, "JPEG", quality=80)
    return content.getvalue()


class Repairs:
    """Walks each repair as far as it shall go, the oldest first; engineers' days fill up without overlap."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.engineers = [engineer for engineer in cast.engineers if not engineer.absences.exists()]
        self.able: dict[tuple[object, str], list[Engineer]] = {}  # by branch and category of device
        self.free: dict[Engineer, datetime] = {}
        self.busy: set[object] = set()

    def run(self) -> None:
        """Make all repairs, the oldest first."""
        stops = [(self._reported(stop), stop) for stop, count in STOPS.items() for _ in range(count)]
        for number, (at, stop) in enumerate(sorted(stops)):
            self.one(stop, at, number)

    def _reported(self, stop: str) -> datetime:
        """Return when a fault was told: what has waited for hours by day, the rest not long ago, be it night."""
        chance, now = self.cast.chance, self.cast.now
        first, last = AGES.get(stop, (72 * 60, 40 * 24 * 60))
        at = timezone.localtime(now - timedelta(minutes=chance.randint(first, last)))
        if first < 300 or 8 <= at.hour < 14:
            return at
        by_day = at.replace(hour=chance.randint(8, 13), minute=chance.randint(0, 59))
        return by_day if by_day <= at else by_day - timedelta(days=1)

    def one(self, stop: str, at: datetime, number: int) -> None:
        """Report a fault and walk its repair up to where it stops."""
        device, engineer = self._device_and_engineer()
        code = device.branch.code
        clerk = self.cast.actor("intake" if code == "HZ" else f"intake-{code.lower()}")
        request = self._report(clerk, device, at, number)
        if stop == "declined":
            decline(actor=clerk, request=request, answer="电话确认为误报，电源线未插好", at=at + timedelta(minutes=8))
        if stop in ("new", "declined"):
            return
        at += timedelta(minutes=self.cast.chance.randint(4, 25))
        order = accept(
            actor=clerk, request=request, at=at, priority=self.cast.pick(["normal", "normal", "urgent", "emergency"]), harm="none"
        )
        if stop == "cancelled":
            move_by_hand(actor=clerk, order=order, verb="cancel", fields={"reason": "院方自行恢复"}, at=at + timedelta(minutes=40))
        if stop in ("accepted", "cancelled"):
            return
        self._dispatch(stop, order, engineer, at)

    def _latest(self, stop: str) -> datetime:
        """Return when an engineer must have been there at the latest for a repair to be where it stops."""
        if stop in ("assigned", "engineer_accepted"):
            return self.cast.now + timedelta(days=1)
        return self.cast.now - timedelta(minutes=20 if stop in ("travelling", "on_site", "working") else 150)

    def _device_and_engineer(self) -> tuple[Device, Engineer]:
        """Return a device, and of those who can go there who has the most time: the work is spread."""
        devices = [device for device in self.cast.devices if device.pk not in self.busy and self._able(device)]
        self.cast.chance.shuffle(devices)
        pairs = [(device, min(self._able(device), key=self._free_from)) for device in devices]
        found = min(pairs, key=lambda pair: self._free_from(pair[1]))
        self.busy.add(found[0].pk)
        return found

    def _able(self, device: Device) -> list[Engineer]:
        """Return who of the branch may work on such a device."""
        key, today = (device.branch_id, device.model.category), timezone.localdate(self.cast.now)
        if key not in self.able:
            ours = (engineer for engineer in self.engineers if engineer.branch_id == device.branch_id)
            self.able[key] = [engineer for engineer in ours if not lacks_of(engineer, device.model.category, today)]
        return self.able[key]

    def _free_from(self, engineer: Engineer) -> datetime:
        return self.free.get(engineer, LONG_AGO)

    def _report(self, clerk: Actor, device: Device, at: datetime, number: int) -> FaultRequest:
        chip = self.cast.pick(list(symptoms_for(device.model.category)[:6]))
        return report_by_phone(
            actor=clerk, device=device, symptom=chip.key, at=at, text=f"{chip.label.zh}，已换备用机", name="护士 周样敏",
            device_down=self.cast.chance.random() < 0.6, harm=self.cast.pick(["none", "none", "unknown"]), phone=PHONES.format(number),
        )  # fmt: skip

    def _dispatch(self, stop: str, order: WorkOrder, engineer: Engineer, at: datetime) -> None:
        code = order.branch.code
        dispatcher = self.cast.actor("dispatch" if code == "HZ" else f"dispatcher-{code.lower()}")
        at += timedelta(minutes=self.cast.chance.randint(3, 15))
        latest = self._latest(stop)
        start = max(self._free_from(engineer), min(at + timedelta(minutes=30), latest))
        if start > latest:  # everybody is busy: nobody has gone yet
            stop = "engineer_accepted"
        self.free[engineer] = start + APPOINTMENT
        reasons = ["资质有效", "今天可到"]
        assign(actor=dispatcher, order=order, engineer=engineer, from_at=start, to_at=start + APPOINTMENT, reasons=reasons, at=at)
        if stop != "assigned":
            self._visit(stop, order, engineer, at, start)

    def _visit(self, stop: str, order: WorkOrder, engineer: Engineer, at: datetime, start: datetime) -> None:
        actor = self.cast.engineer_actor(engineer)
        accepted = at + timedelta(minutes=self.cast.chance.randint(1, 4))
        travelling = max(accepted, start - timedelta(minutes=25))
        steps = {
            "engineer_accepted": (visits.accept, accepted), "travelling": (visits.travel, travelling),
            "on_site": (visits.arrive, max(start, travelling)), "working": (visits.start, max(start, travelling) + timedelta(minutes=6)),
        }  # fmt: skip
        for state, (step, at) in steps.items():
            step(actor=actor, order=order, at=at)
            if stop == state:
                return
        if stop == "waiting_part":
            self._ask(order, engineer, at + timedelta(minutes=20))
        elif stop == "waiting_customer":
            visits.wait_for_customer(actor=actor, order=order, waiting_reason="await_quote", evidence="已短信通知设备科", at=at)
        else:
            self._repair(stop, order, engineer, at)

    def _repair(self, stop: str, order: WorkOrder, engineer: Engineer, at: datetime) -> None:
        actor = self.cast.engineer_actor(engineer)
        self._fit(actor, order, engineer, at)
        order.refresh_from_db()
        tasks = tasks_of(order)
        answers = [a for task in tasks.values() if (a := self._answer(order, task)) is not None]
        at += timedelta(minutes=self.cast.chance.randint(30, 70))
        visits.record_readings(actor=actor, order=order, readings=answers, at=at)
        for task in tasks.values():
            if task.kind == "photo" and task.required:
                visits.add_photo(actor=actor, order=order, content=picture(order.number), task=task.key, at=at)
        visits.sign(actor=actor, order=order, name="周样敏", duty="护士长", image=picture("signed"), shown_sha256=shown_hash(order), at=at)
        visits.finish(actor=actor, order=order, work_done=self.cast.pick(WORK), at=at + timedelta(minutes=5))
        self._after(stop, order, at + timedelta(minutes=20))

    def _ask(self, order: WorkOrder, engineer: Engineer, at: datetime) -> None:
        """Ask for a part that fits the device and is not in the van; the repair waits for it."""
        parts = parts_for(self.cast.engineer_actor(engineer), order.device.model.category)
        lying = set(Balance.objects.filter(place=self.cast.vans[engineer.pk], quantity__gt=0).values_list("part", flat=True))
        part = self.cast.pick([part for part in parts if part.pk not in lying])
        visits.request_part(actor=self.cast.engineer_actor(engineer), order=order, part=part, wait=True, at=at)

    def _fit(self, actor: Actor, order: WorkOrder, engineer: Engineer, at: datetime) -> None:
        """Fit a part that is in the van and fits the device, where there is one."""
        lying = Balance.objects.filter(place=self.cast.vans[engineer.pk], quantity__gt=0, condition="good").select_related("part")
        fitting = [b for b in lying.order_by("part__number", "serial") if {"*", order.device.model.category} & set(b.part.categories)]
        if not fitting or self.cast.chance.random() < 0.25:
            return
        piece = self.cast.pick(fitting)
        visits.fit_part(
            actor=actor, order=order, part=piece.part, serial=piece.serial, lot=piece.lot, at=at,
            old_serial=f"OLD-{self.cast.chance.randrange(10**5):05d}" if piece.serial else "", old_condition="defective",
        )  # fmt: skip

    def _answer(self, order: WorkOrder, task: Task) -> visits.ReadingInput | None:
        if task.kind == "photo":
            return None
        if task.kind == "number":
            return self._measured(order, task)
        if task.kind == "instrument":
            kind = task.instrument or "est"
            return visits.ReadingInput(task.key, instrument=self.cast.instruments[order.branch_id, kind])
        text = {"check": "pass", "scan": order.device.serial, "choice": task.options[0][0] if task.options else ""}.get(task.kind, "已记录")
        return visits.ReadingInput(task.key, text=text)

    def _measured(self, order: WorkOrder, task: Task) -> visits.ReadingInput:
        nominal = Decimal(100) if task.limit and task.limit.get("nominal") == "set_value" else None
        tool = self.cast.instruments[order.branch_id, task.instrument] if task.instrument else None
        limits = limits_of(task.limit, nominal=nominal)
        if limits is None:
            return visits.ReadingInput(task.key, value=Decimal(self.cast.chance.randint(10, 90)), nominal=nominal, instrument=tool)
        low = limits.low if limits.low is not None else (limits.high or Decimal(1)) / 3
        high = limits.high if limits.high is not None else (limits.low or Decimal(1)) * 2
        value = low + (high - low) * Decimal(self.cast.chance.randint(30, 70)) / 100
        return visits.ReadingInput(task.key, value=value.quantize(Decimal("0.001")), nominal=nominal, instrument=tool)

    def _after(self, stop: str, order: WorkOrder, at: datetime) -> None:
        if stop == "repaired":
            return
        if stop == "sent_back":
            refuse(actor=self.cast.actor("quality"), order=order, reason="漏电流读数请复测并补照片", at=at)
            return
        release(actor=self.cast.actor("quality"), order=order, at=at)
        if stop == "released":
            return
        finance, settlement = self.cast.actor("finance"), order.settlement
        confirm(actor=finance, settlement=settlement, at=at + timedelta(hours=3))
        billable = SettlementLine.objects.filter(settlement=settlement).exclude(payer_body=None).exists()
        if billable and stop != "settled":
            settlement.refresh_from_db()
            made = invoice(actor=finance, settlement=settlement, at=at + timedelta(hours=4))
            if stop in ("paid", "closed"):
                paid_at, reference = at + timedelta(days=2), f"BANK-{made.serial:05d}"
                receive_payment(actor=finance, invoice=made, amount=made.gross, reference=reference, at=paid_at)
        if stop == "closed":
            quality = self.cast.actor("quality")
            deliver_report(actor=quality, order=order, at=at + timedelta(days=2))
            close(actor=quality, order=order, at=at + timedelta(days=2, minutes=5))
