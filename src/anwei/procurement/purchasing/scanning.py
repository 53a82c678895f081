"""Which line of an order a scan belongs to, and what the box then holds."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from anwei.inventory.demands.rules import read
from anwei.inventory.parts.models import Part
from anwei.procurement.purchasing.models import OrderLine


def line_of(lines: Sequence[OrderLine], scan: str) -> OrderLine | None:
    """Return the line that a scan names: by the GTIN of its label, by a part number, or the only one still to come."""
    scanned = read(scan)
    if scanned.gtin:
        named = [line for line in lines if line.part.udi_di == scanned.gtin]
        unlabelled = [line for line in lines if not line.part.udi_di and line.progress.outstanding]
        return named[0] if named else unlabelled[0] if len(unlabelled) == 1 else None
    by_number = [line for line in lines if line.part.number.upper() == scanned.text.upper()]
    coming = [line for line in lines if line.progress.outstanding]
    return by_number[0] if by_number else coming[0] if len(coming) == 1 else None


def box_of(line: OrderLine, given: dict[str, Any], boxes: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return a box as plain data, filled from its label: with a serial number one piece, else the rest of its line."""
    scan = given.get("scan") or ""
    scanned = read(scan) if scan else None
    serial, lot, expires_on = given.get("serial") or "", given.get("lot") or "", given.get("expires_on")
    if scanned and scanned.gtin:
        serial, lot, expires_on = serial or scanned.serial, lot or scanned.lot, expires_on or scanned.expires_on
    elif scanned and scanned.text.upper() != line.part.number.upper():  # a bare code on the box
        serial = serial or (scanned.text if line.part.tracking == Part.Tracking.SERIAL else "")
        lot = lot or (scanned.text if line.part.tracking == Part.Tracking.LOT else "")
    before = sum((Decimal(b["quantity"]) for b in boxes if b["line"] == str(line.pk)), Decimal(0))
    rest = max(line.progress.outstanding - before, Decimal(1))
    quantity = given.get("quantity") or (Decimal(1) if line.part.tracking == Part.Tracking.SERIAL else rest)
    return {
        "line": str(line.pk), "number": line.part.number, "quantity": f"{quantity.normalize():f}", "lot": lot, "serial": serial,
        "expires_on": expires_on.isoformat() if expires_on else "", "scan": scan,
    }  # fmt: skip
