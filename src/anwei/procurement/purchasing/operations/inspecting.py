"""The incoming inspection: what is good goes to the shelf and to who waits for it, what is not goes aside and back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from anwei.core.actor import Actor
from anwei.core.labels import Label
from anwei.core.operation import operation, record
from anwei.foundation.files.operations import keep_photo
from anwei.inventory.demands.operations import serve
from anwei.inventory.stock.models import Condition, Place
from anwei.inventory.stock.operations import Cause, Pieces, area_of, post_move
from anwei.procurement.purchasing.errors import (
    BoxJudged,
    CheckFailed,
    ExpiredOnArrival,
    JudgeWholeBox,
    NoLines,
    NotInThisState,
    NotOnThisOrder,
    StoreNeeded,
)
from anwei.procurement.purchasing.models import Inspection, InspectionPhoto, OrderLine, PurchaseOrder, Receipt, ReceiptLine
from anwei.procurement.purchasing.operations.receiving import supplier_place
from anwei.procurement.purchasing.permissions import RECEIVE
from anwei.procurement.purchasing.queries import rules_of
from anwei.procurement.purchasing.rules import state_by_receipts
from anwei.procurement.purchasing.shown import state_words


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found in a box: how many pieces are good and how many not, which checks they passed, and what the label says of the maker.

    `target` is the bin or store for the good ones; without it, the order's store.
    """

    box: ReceiptLine
    accepted: Decimal
    rejected: Decimal = Decimal(0)
    target: Place | None = None
    checks: dict[str, Any] = field(default_factory=dict)
    registration_number: str = ""
    registrant: str = ""
    manufacturer: str = ""
    maker_licence: str = ""
    note: str = ""


@operation("purchasing.inspect", right=RECEIVE, on="receipt")
def inspect(*, actor: Actor, receipt: Receipt, judged: list[Judged], at: datetime, photos: list[bytes] | None = None) -> Receipt:
    """Record the inspection of boxes (C15), put away what is good, in the same deed serve who waits for it, and set the rest aside.

    :raises NoLines: no box was judged
    :raises NotOnThisOrder: a box belongs to another delivery
    :raises BoxJudged: a box was inspected before
    :raises JudgeWholeBox: accepted and rejected are not what came
    :raises CheckFailed: pieces were accepted though a check was not passed
    :raises ExpiredOnArrival: pieces were accepted though their last day is over
    :raises StoreNeeded: they would be put away in another branch, or in no store
    """
    if not judged:
        raise NoLines
    order = PurchaseOrder.objects.select_for_update(of=("self",), no_key=True).get(pk=receipt.order_id)
    lines = {line.pk: line for line in order.lines.select_related("part").order_by("pk").select_for_update(of=("self",), no_key=True)}
    files = [keep_photo(content) for content in photos or ()]
    for one in sorted(judged, key=lambda j: j.box.pk):
        if one.box.receipt_id != receipt.pk:
            raise NotOnThisOrder(scan=one.box.serial or one.box.lot, number=order.number)
        made = _judge(actor, one, order, lines[one.box.line_id], at)
        InspectionPhoto.objects.bulk_create([InspectionPhoto(inspection=made, file=file) for file in files])
    for line in lines.values():
        line.save()
    order.state = state_by_receipts(line.progress for line in lines.values())
    order.save()
    record(receipt, "purchasing.inspected", at=at)
    record(order, "purchasing.inspected", at=at)
    return receipt


def _judge(actor: Actor, judged: Judged, order: PurchaseOrder, line: OrderLine, at: datetime) -> Inspection:
    box, target = judged.box, judged.target or order.place
    _refuse_unfit(judged, order, target, line, at)
    body = order.supplier.organisation
    made = Inspection.objects.create(
        box=box, accepted=judged.accepted, rejected=judged.rejected, checks=judged.checks, name=line.part.name_zh, model=line.part.number,
        quantity=box.quantity, registration_number=judged.registration_number.strip(), registrant=judged.registrant.strip(),
        manufacturer=judged.manufacturer.strip(), maker_licence=judged.maker_licence.strip(), lot=box.lot, serial=box.serial,
        expires_on=box.expires_on, bought_on=timezone.localdate(order.sent_at or order.created_at), supplier_name=body.name,
        supplier_address=body.address, supplier_contact=f"{order.supplier.contact} {order.supplier.phone}".strip(),
        note=judged.note.strip(), at=at, by_id=actor.id,
    )  # fmt: skip
    quarantine, pieces = area_of(order.branch, Place.Kind.QUARANTINE), (line.part, box.serial, box.lot)
    if judged.accepted:
        _move(box, "put_away", quarantine, target, pieces, judged.accepted, at)
        serve(part=line.part, place=target, at=at)
    if judged.rejected:
        _move(box, "to_defective", quarantine, area_of(order.branch, Place.Kind.DEFECTIVE), pieces, judged.rejected, at)
    line.accepted += judged.accepted
    line.rejected += judged.rejected
    return made


def _move(box: ReceiptLine, kind: str, source: Place, target: Place, pieces: Sequence[Any], quantity: Decimal, at: datetime) -> None:
    part, serial, lot = pieces
    becomes = Condition.DEFECTIVE if kind == "to_defective" else None
    cause = Cause(ReceiptLine._meta.label, box.pk, kind)
    post_move(kind=kind, source=source, target=target, pieces=Pieces(part, quantity, serial, lot), cause=cause, at=at, becomes=becomes)


def _refuse_unfit(judged: Judged, order: PurchaseOrder, target: Place, line: OrderLine, at: datetime) -> None:
    box = judged.box
    piece = f"{line.part.number} {box.serial or box.lot}".strip()
    if Inspection.objects.filter(box=box).exists():
        raise BoxJudged(piece=piece)
    if judged.accepted < 0 or judged.rejected < 0 or judged.accepted + judged.rejected != box.quantity:
        raise JudgeWholeBox(piece=piece, quantity=box.quantity.normalize())
    if not judged.accepted:
        return
    for key, zh, en in rules_of(order.rules).checks:
        if judged.checks.get(key) is not True:
            raise CheckFailed(check=Label(zh, en), piece=piece)
    if box.expires_on and box.expires_on < timezone.localdate(at):
        raise ExpiredOnArrival(piece=piece, day=box.expires_on.isoformat())
    if target.branch_id != order.branch_id or target.kind not in (Place.Kind.STORE, Place.Kind.BIN):
        raise StoreNeeded(branch=order.branch.code, field="target")


@operation("purchasing.send_back", right=RECEIVE, on="inspection")
def send_back(*, actor: Actor, inspection: Inspection, at: datetime) -> Inspection:
    """Send what was rejected back to the supplier: it leaves our books, and no invoice for it will agree.

    :raises NotInThisState: nothing was rejected, or it went back before
    """
    box = inspection.box
    order, line = box.receipt.order, box.line
    if not inspection.rejected or inspection.returned_id:
        raise NotInThisState(number=order.number, state=state_words(order))
    inspection.returned = post_move(
        kind="to_supplier", source=area_of(order.branch, Place.Kind.DEFECTIVE), target=supplier_place(order.supplier), at=at,
        pieces=Pieces(line.part, inspection.rejected, box.serial, box.lot, Condition.DEFECTIVE),
        cause=Cause(ReceiptLine._meta.label, box.pk, "to_supplier"),
    )  # fmt: skip
    inspection.save()
    record(inspection, "purchasing.sent_back", at=at)
    record(order, "purchasing.sent_back", at=at)
    return inspection
