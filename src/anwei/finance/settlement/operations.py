"""Settling an order: proposed by rule, corrected with a reason, confirmed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any

from anwei.core.actor import Actor
from anwei.core.operation import operation, record, running_deed
from anwei.finance.settlement.errors import Confirmed, NobodyToBill, PayerReasonNeeded, UnknownPayer
from anwei.finance.settlement.models import Settlement, SettlementLine
from anwei.finance.settlement.permissions import SETTLE
from anwei.finance.settlement.rules import Cover, counted_hours, payer_of, priced
from anwei.foundation.accounts.models import User
from anwei.foundation.definitions.queries import domain
from anwei.foundation.organisations.models import Organisation
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.orders.operations import advance
from anwei.workorders.visits.models import PartUse, Visit

Payer = SettlementLine.Payer
VAT_SERVICE, VAT_GOODS = Decimal("0.06"), Decimal("0.13")  # China's VAT: services 6 %, goods 13 %


@dataclass(frozen=True, slots=True)
class _Item:
    kind: str
    text_zh: str
    text_en: str
    quantity: Decimal
    unit: str
    unit_price: Decimal
    tax_rate: Decimal
    group: str = ""
    use: PartUse | None = None


@cache
def _rates() -> dict[str, Any]:
    people: dict[str, Any] = domain("people")
    travel = next(r for r in people["travel_rules"] if r["key"] == "city_flat")
    return {"labour": {r["key"]: Decimal(r["demo"]) for r in people["labour_rates"]}, "call_out": Decimal(travel["value"])}


def _items(order: WorkOrder) -> Iterator[_Item]:
    for visit in Visit.objects.filter(order=order).exclude(finished_at=None).select_related("engineer").order_by("from_at"):
        started = visit.arrived_at or visit.started_at
        minutes = int((visit.finished_at - started).total_seconds() // 60) if visit.finished_at and started else 0
        price = _rates()["labour"].get(visit.engineer.rate, _rates()["labour"]["L2"])
        yield _Item(
            "labour", f"人工 {visit.engineer.name}", f"Labour {visit.engineer.name}", counted_hours(minutes), "h", price, VAT_SERVICE
        )
        yield _Item("travel", "上门费", "Call-out", Decimal(1), "visit", _rates()["call_out"], VAT_SERVICE)
    for use in PartUse.objects.filter(order=order, quantity__gt=0).select_related("part").order_by("id"):
        name_zh, name_en = f"{use.part.name_zh} {use.part.number}", f"{use.part.name_en} {use.part.number}"
        yield _Item("part", name_zh, name_en, use.quantity, use.part.unit, use.part.price, VAT_GOODS, use.part.group, use)


def cover_of(order: WorkOrder) -> Cover:
    """Return what covered the device, as the order keeps it from its intake."""
    kept = order.coverage
    return Cover(
        answer=kept.get("answer", "unknown"), labour=kept.get("covers_labour", False), travel=kept.get("covers_travel", False),
        parts=kept.get("covers_parts", False), excluded_groups=tuple(kept.get("excluded_groups", ())),
    )  # fmt: skip


def put_settlement(order: WorkOrder) -> Settlement:
    """Write the proposal for an order within the running deed: each line with its payer and the rule that chose it."""
    running_deed()
    settlement, fresh = Settlement.objects.get_or_create(order=order)
    if not fresh:
        settlement.lines.all().delete()
    cover = cover_of(order)
    for item in _items(order):
        cost = priced(item.quantity, item.unit_price, item.tax_rate, settlement.currency)
        payer = payer_of(item.kind, cover, part_group=item.group)
        SettlementLine.objects.create(
            settlement=settlement, kind=item.kind, text_zh=item.text_zh, text_en=item.text_en, quantity=item.quantity, unit=item.unit,
            unit_price=item.unit_price, net=cost.net.amount, tax_rate=item.tax_rate, tax=cost.tax.amount, gross=cost.gross.amount,
            currency=settlement.currency, payer=payer.payer, reason=payer.reason, part_use=item.use,
            payer_body=_body_of(order, payer.payer),
        )  # fmt: skip
    record(settlement, "settlement.proposed")
    return settlement


def _body_of(order: WorkOrder, payer: str) -> Organisation | None:
    """Return who gets the invoice; a contract is paid already, and what we pay ourselves is billed to nobody."""
    bodies = {Payer.HOSPITAL: order.hospital, Payer.MAKER: order.device.model.maker, Payer.DISTRIBUTOR: order.distributor}
    return bodies.get(Payer(payer))


def _must_be_proposed(settlement: Settlement) -> None:
    if settlement.state != Settlement.State.PROPOSED:
        raise Confirmed


@operation("settlement.choose_payer", right=SETTLE, on="settlement")
def choose_payer(*, actor: Actor, settlement: Settlement, line: SettlementLine, payer: str, reason: str) -> SettlementLine:
    """Let another pay for a line than the rule says, with a reason.

    :raises Confirmed: the settlement is confirmed
    :raises UnknownPayer: no such payer, or "open", or a line of another settlement
    :raises NobodyToBill: a distributor is to pay for an order that has none
    :raises PayerReasonNeeded: no reason was given
    """
    _must_be_proposed(settlement)
    if payer not in Payer.values or payer == Payer.OPEN or line.settlement_id != settlement.pk:
        raise UnknownPayer(payer=payer)
    body = _body_of(settlement.order, payer)
    if payer == Payer.DISTRIBUTOR and body is None:
        raise NobodyToBill(field="payer")
    if not reason.strip():
        raise PayerReasonNeeded(field="reason")
    line.payer, line.reason, line.reason_note, line.payer_body = payer, "chosen", reason.strip(), body
    line.save()
    record(settlement, "settlement.payer_chosen")
    return line


@operation("settlement.confirm", right=SETTLE, on="settlement")
def confirm(*, actor: Actor, settlement: Settlement, at: datetime) -> Settlement:
    """Confirm who pays what: the order is settled.

    :raises Confirmed: it was confirmed before
    :raises ConditionNotMet: a line has no payer yet
    """
    _must_be_proposed(settlement)
    order = WorkOrder.objects.select_for_update(no_key=True).get(pk=settlement.order_id)
    advance(actor=actor, order=order, verb="settle", at=at)
    settlement.state, settlement.confirmed_at = Settlement.State.CONFIRMED, at
    settlement.confirmed_by = User.objects.get(pk=actor.id)
    settlement.save()
    record(settlement, "settlement.confirmed", at=at)
    return settlement
