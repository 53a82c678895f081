"""Suppliers with their papers and prices, orders on their way, and what is short."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from anwei.foundation.organisations.operations import register as register_body
from anwei.initialisation.demo.cast import Cast
from anwei.inventory.demands.operations import want
from anwei.inventory.parts.models import Part
from anwei.procurement.purchasing.models import PurchaseOrder
from anwei.procurement.purchasing.operations import Box, Judged, Wanted, chase, draft_order, inspect, promise, receive, send
from anwei.procurement.purchasing.queries import rules_of
from anwei.procurement.suppliers.models import Licence, Supplier
from anwei.procurement.suppliers.operations import admit, agree_price, file_licence

# name, English name, city, days until the licence ends, price in percent of cost, days to come
SUPPLIERS = (
    ("示范医配供应链有限公司", "Demo Medparts Supply", "杭州", 700, 100, 5),
    ("示范原厂备件中心", "Demo Maker's Parts Centre", "上海", 400, 118, 3),
    ("示范耗材贸易有限公司", "Demo Consumables Trading", "成都", 45, 96, 9),
    ("示范旧证贸易有限公司", "Demo Lapsed Licence Trading", "沈阳", -20, 82, 2),
)
VAT = Decimal("0.13")


def admit_suppliers(cast: Cast) -> None:
    """Admit suppliers; one licence ends soon, one has ended. The cheapest is the one that may not be ordered from."""
    buyer, today = cast.actor("buyer"), timezone.localdate(cast.now)
    cheap = cast.parts[:60]
    for turn, (name, name_en, city, days, percent, lead) in enumerate(SUPPLIERS):
        body = register_body(
            actor=cast.system, name=name, name_en=name_en, city=city, roles=["supplier"], address=f"{city}市示范路 {turn + 1} 号"
        )
        supplier = admit(actor=buyer, organisation=body, email=f"orders{turn}@example.org", contact="销售 林样供", phone="13700000000")
        then = cast.now - timedelta(days=720)
        file_licence(
            actor=buyer,
            supplier=supplier,
            kind=Licence.Kind.LICENCE,
            number=f"示械经营许 2024{turn:04d}",
            at=then,
            valid_until=today + timedelta(days=days),
        )
        file_licence(actor=buyer, supplier=supplier, kind=Licence.Kind.QUALITY, number=f"QA-2024-{turn:03d}", at=then)
        for part in cast.parts if turn < 2 else cheap[turn::3]:
            _agree(cast, supplier, part, percent, lead + cast.chance.randint(0, 4))


def _agree(cast: Cast, supplier: Supplier, part: Part, percent: int, lead_days: int) -> None:
    price = max((part.cost * percent / 100).quantize(Decimal("0.01")), Decimal("0.01"))
    since = timezone.localdate(cast.now) - timedelta(days=200)
    agree_price(actor=cast.actor("buyer"), supplier=supplier, part=part, price=price, tax_rate=VAT, valid_from=since, lead_days=lead_days)


def order_parts(cast: Cast) -> None:
    """Leave two orders open: one promised too late and chased, one of which half has come; and some parts short in every store."""
    buyer, supplier = cast.actor("buyer"), Supplier.objects.order_by("pk")[0]
    plain = [
        part for part in cast.parts if part.tracking == Part.Tracking.NONE or (part.tracking == Part.Tracking.SERIAL and not part.expires)
    ]
    late = _order(cast, supplier, "HZ", [(part, 2) for part in plain[:3]], days=9)
    promise(actor=buyer, order=late, promised_on=timezone.localdate(cast.now) + timedelta(days=6), note="厂家缺货", at=cast.now)
    chase(actor=buyer, order=late, note="请加急", at=cast.now)
    half = _order(cast, supplier, "CD", [(part, 2) for part in plain[3:6]], days=6)
    _receive_half(cast, half)
    for code, store in cast.stores.items():
        keeper = cast.actor("store" if code == "HZ" else f"storekeeper-{code.lower()}")
        for part in cast.chance.sample(cast.parts, 4):
            want(
                actor=keeper, place=store, part=part, quantity=Decimal(cast.chance.randint(1, 3)), at=cast.now,
                needed_by=cast.now + timedelta(days=cast.chance.randint(2, 12)), note="低于安全库存",
            )  # fmt: skip


def _order(cast: Cast, supplier: Supplier, code: str, lines: list[tuple[Part, int]], days: int) -> PurchaseOrder:
    at = cast.now - timedelta(days=days)
    wanted = [Wanted(part, Decimal(quantity)) for part, quantity in lines]
    order = draft_order(actor=cast.actor("buyer"), supplier=supplier, branch=cast.branches[code], lines=wanted, at=at)
    if order.state == PurchaseOrder.State.DRAFT:
        return order
    return send(actor=cast.actor("buyer"), order=order, at=at + timedelta(hours=1))


def _receive_half(cast: Cast, order: PurchaseOrder) -> None:
    if order.state != PurchaseOrder.State.SENT:
        return
    keeper, at = cast.actor(f"storekeeper-{order.branch.code.lower()}"), cast.now - timedelta(days=1)
    boxes = [
        Box(line, Decimal(1), serial=f"PO-{line.part.number}" if line.part.tracking == Part.Tracking.SERIAL else "")
        for line in order.lines.select_related("part")
    ]
    receipt = receive(actor=keeper, order=order, boxes=boxes, at=at, delivery_note="DN-0001")
    passed = {key: True for key, _zh, _en in rules_of(order.rules).checks}
    judged = [
        Judged(
            box,
            box.quantity,
            checks=passed,
            registration_number="国械注准 20240000001",
            registrant="示范注册人",
            manufacturer="示范生产企业",
        )
        for box in receipt.lines.all()[:1]
    ]
    inspect(actor=keeper, receipt=receipt, judged=judged, at=at + timedelta(hours=2))
