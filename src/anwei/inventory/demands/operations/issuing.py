"""Issuing reserved pieces to the van where they are wanted: a scan a line."""

from dataclasses import dataclass
from datetime import datetime

from anwei.core.actor import Actor
from anwei.core.errors import NotFound
from anwei.core.operation import operation, record
from anwei.inventory.demands.errors import NothingToIssue, NotReserved, OnlyToVans, ScanDiffers
from anwei.inventory.demands.models import Demand
from anwei.inventory.demands.operations.asking import hold, reservations_of
from anwei.inventory.demands.permissions import ISSUE
from anwei.inventory.demands.rules import Piece, Scanned, names, read
from anwei.inventory.stock.models import Place, Reservation
from anwei.inventory.stock.operations import Cause, Pieces, owe, post_move, release, reserve


@dataclass(frozen=True, slots=True)
class IssueLine:
    """A demand, and what was scanned on the piece that is handed over (nothing: what is kept for it, as the list says)."""

    demand: Demand
    scan: str = ""


@operation("demands.issue", right=ISSUE)
def issue(*, actor: Actor, lines: list[IssueLine], at: datetime) -> list[Demand]:
    """Hand reserved pieces over to the vans where they are wanted, to be fitted or brought back; all lines or none.

    A scan that names another free piece of the part takes that one instead.

    :raises NothingToIssue: no line was given
    :raises NotReserved: nothing is kept for a demand, or it was issued before
    :raises OnlyToVans: it is wanted in a store
    :raises ScanDiffers: the piece scanned is another part
    :raises NotEnoughStock: the piece scanned is not free
    :raises Expired: the pieces may not be used any more
    """
    if not lines:
        raise NothingToIssue
    scans = {line.demand.pk: line.scan for line in lines}
    rows = Demand.objects.visible_to(actor).select_for_update(of=("self",), no_key=True).select_related("part", "place")
    demands = list(rows.filter(pk__in=scans).order_by("pk"))
    if len(demands) < len(scans):
        raise NotFound(kind="demand")
    for demand in demands:
        _hand_over(demand, scans[demand.pk].strip(), at)
    return demands


def _hand_over(demand: Demand, scan: str, at: datetime) -> None:
    told = {"part": demand.part.number, "label": demand.label or demand.place.name}
    if demand.place.kind != Place.Kind.VAN:
        raise OnlyToVans(**told, place=demand.place.name)
    kept = reservations_of(demand)
    if demand.state != Demand.State.RESERVED or not kept:
        raise NotReserved(**told)
    if scan:
        kept = _as_scanned(demand, kept, read(scan))
    for reservation in kept:
        piece = Pieces(demand.part, reservation.quantity, reservation.serial, reservation.lot)
        move = post_move(
            kind="issue_van", source=reservation.place, target=demand.place, pieces=piece, at=at, serves=[demand.pk],
            cause=Cause(Demand._meta.label, demand.pk, f"issue/{reservation.place_id.hex[-8:]}/{piece.serial or piece.lot}"[:40]),
        )  # fmt: skip
        # what is not fitted comes back; fitting or returning it ends this
        owe(
            pieces=piece, holder=demand.place, rule="unused", at=at, label=demand.label, cause=Demand._meta.label, cause_id=demand.pk,
            move=move,
        )  # fmt: skip
    hold(demand, demand.place)
    record(demand, "demands.issued", at=at)


def _as_scanned(demand: Demand, kept: list[Reservation], scanned: Scanned) -> list[Reservation]:
    """Return what to hand over after a scan: what is kept, or the piece scanned in its stead."""
    part = demand.part

    def piece(serial: str, lot: str) -> Piece:
        return Piece(part.number, part.udi_di, serial, lot)

    if all(names(scanned, piece(r.serial, r.lot)) for r in kept):
        return kept
    other = piece(scanned.serial or scanned.text, scanned.lot)
    if scanned.gtin and part.udi_di and scanned.gtin != part.udi_di:
        raise ScanDiffers(scan=scanned.text, part=part.number, expected=_expected(kept), field="scan")
    assert demand.held_at is not None, "what is reserved is held somewhere"
    free = demand.held_at.balances.filter(part=part, quantity__gt=0, condition="good", owner=None)
    if not free.filter(serial=other.serial).exists() and not free.filter(lot=other.lot or other.serial).exists():
        raise ScanDiffers(scan=scanned.text, part=part.number, expected=_expected(kept), field="scan")
    release(kept)
    by_serial = part.tracking == part.Tracking.SERIAL
    reserve(
        part=part, place=demand.held_at, quantity=demand.quantity, cause=Demand._meta.label, cause_id=demand.pk, label=demand.label,
        serial=other.serial if by_serial else "", lot="" if by_serial else other.lot or other.serial,
    )  # fmt: skip
    return reservations_of(demand)


def _expected(kept: list[Reservation]) -> str:
    return "; ".join(r.serial or r.lot or str(r.quantity.normalize()) for r in kept)
