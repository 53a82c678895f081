"""Receiving what was ordered: every box by its label, into quarantine, valued at the order's price."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from anwei.core.actor import Actor
from anwei.core.identifiers import normalise_serial
from anwei.core.ids import uuid7
from anwei.core.operation import operation, record
from anwei.foundation.branches.operations import next_number
from anwei.inventory.demands.rules import read
from anwei.inventory.stock.models import Place
from anwei.inventory.stock.operations import Cause, Pieces, area_of, note_expiry, post_move, put_place
from anwei.procurement.purchasing.errors import NoLines, NotOnThisOrder, OverDelivery
from anwei.procurement.purchasing.models import OrderLine, PurchaseOrder, Receipt, ReceiptLine
from anwei.procurement.purchasing.operations.ordering import refuse_unless
from anwei.procurement.purchasing.permissions import RECEIVE
from anwei.procurement.purchasing.rules import most_acceptable, state_by_receipts
from anwei.procurement.suppliers.models import Supplier


@dataclass(frozen=True, slots=True)
class Box:
    """What came in one box for an order line; lot, serial number and expiry are filled from the scan where they are not given."""

    line: OrderLine
    quantity: Decimal
    scan: str = ""
    lot: str = ""
    serial: str = ""
    expires_on: date | None = None


@operation("purchasing.receive", right=RECEIVE, on="order")
def receive(*, actor: Actor, order: PurchaseOrder, boxes: list[Box], at: datetime, delivery_note: str = "") -> Receipt:
    """Receive boxes for an order: they lie in quarantine until they are inspected. All of them, or none.

    :raises NotInThisState: the order is not sent, or is over
    :raises NoLines: there is no box
    :raises NotOnThisOrder: a box is no part of this order, by its line or by its label
    :raises OverDelivery: more than was ordered, with the tolerance of the order
    :raises SerialNeeded, LotNeeded, ExpiryNeeded, ExpiryDiffers, SerialElsewhere: as a stock move
    """
    refuse_unless(order, *PurchaseOrder.COMING)
    if not boxes:
        raise NoLines
    lines = {line.pk: line for line in order.lines.select_related("part").order_by("pk").select_for_update(of=("self",), no_key=True)}
    read_boxes = sorted((_read(box, order, lines) for box in boxes), key=lambda b: (str(b.line.part_id), b.lot, b.serial))
    _refuse_too_many(read_boxes, order)
    receipt = Receipt(order=order, at=at, by_id=actor.id, delivery_note=delivery_note.strip())
    rows = [_take_in(box, receipt, at) for box in read_boxes]
    for line in {box.line.pk: box.line for box in read_boxes}.values():
        line.save()
    order.state = state_by_receipts(line.progress for line in lines.values())
    order.save()
    receipt.number = next_number(order.branch, "GR", at)
    receipt.save(force_insert=True)
    ReceiptLine.objects.bulk_create(rows)
    record(receipt, "purchasing.received", at=at)
    record(order, "purchasing.received", at=at)
    return receipt


def _read(box: Box, order: PurchaseOrder, lines: dict[UUID, OrderLine]) -> Box:
    """Fill a box from its label; its line is the locked one."""
    if box.line.pk not in lines:
        raise NotOnThisOrder(scan=box.scan or box.line.part.number, number=order.number, field="scan")
    line = lines[box.line.pk]
    label = read(box.scan) if box.scan else None
    if label and label.gtin and line.part.udi_di and label.gtin != line.part.udi_di:
        raise NotOnThisOrder(scan=box.scan, number=order.number, field="scan")
    serial, lot, expires_on = box.serial, box.lot, box.expires_on
    if label and label.gtin:
        serial, lot, expires_on = serial or label.serial, lot or label.lot, expires_on or label.expires_on
    return replace(box, line=line, serial=normalise_serial(serial), lot=normalise_serial(lot), expires_on=expires_on)


def _refuse_too_many(boxes: Sequence[Box], order: PurchaseOrder) -> None:
    coming: dict[UUID, Decimal] = defaultdict(Decimal)
    for box in boxes:
        coming[box.line.pk] += box.quantity
    for line in {box.line.pk: box.line for box in boxes}.values():
        had, most = line.received - line.rejected, most_acceptable(line.quantity, order.tolerance)
        if had + coming[line.pk] > most:
            told = {"most": f"{most.normalize():f}", "had": f"{had.normalize():f}", "more": f"{coming[line.pk].normalize():f}"}
            raise OverDelivery(part=line.part.number, **told)


def supplier_place(supplier: Supplier) -> Place:
    """Return the place that stands for a supplier, opened on first use within the running deed."""
    body = supplier.organisation
    return put_place(kind=Place.Kind.SUPPLIER, name=body.name, branch=None, record_id=body.pk)


def _take_in(box: Box, receipt: Receipt, at: datetime) -> ReceiptLine:
    row = ReceiptLine(
        id=uuid7(), receipt=receipt, line=box.line, quantity=box.quantity, lot=box.lot, serial=box.serial, expires_on=box.expires_on,
        scan=box.scan,
    )  # fmt: skip
    if box.expires_on:
        note_expiry(box.line.part, box.expires_on, lot=box.lot, serial=box.serial)
    row.move = post_move(
        kind="receive", source=supplier_place(receipt.order.supplier), target=area_of(receipt.order.branch, Place.Kind.QUARANTINE),
        pieces=Pieces(box.line.part, box.quantity, box.serial, box.lot), cause=Cause(ReceiptLine._meta.label, row.pk, "receive"), at=at,
        unit_cost=box.line.unit_price,
    )  # fmt: skip
    box.line.received += box.quantity
    return row
