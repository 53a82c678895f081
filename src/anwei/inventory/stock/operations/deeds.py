"""The plain deeds: opening places, taking in, moving, taking back."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from anwei.core.actor import Actor
from anwei.core.operation import operation, record, running_deed, unchanged
from anwei.foundation.branches.models import Branch
from anwei.foundation.staff.models import Engineer
from anwei.inventory.parts.models import Part
from anwei.inventory.stock.errors import NoSuchBin
from anwei.inventory.stock.models import Condition, Move, Place
from anwei.inventory.stock.operations.allowing import note_expiry
from anwei.inventory.stock.operations.moving import Cause, Pieces, post_move, take_back
from anwei.inventory.stock.permissions import KEEP_PLACES, RECEIVE_PARTS, REVERSE_MOVE, TRANSFER_PARTS
from anwei.inventory.stock.rules import OUTSIDE


@operation("stock.open_place", right=KEEP_PLACES)
def open_place(
    *, actor: Actor, kind: str, name: str, branch: Branch | None = None, engineer: Engineer | None = None, parent: Place | None = None
) -> Place:
    """Open a place: a store, a bin in its `parent` store, a van of an engineer, a supplier. The van that an engineer has stays as it is.

    :raises NoSuchBin: a bin without a store, or something else with one
    """
    if (kind == Place.Kind.BIN) != (parent is not None and parent.kind == Place.Kind.STORE):
        raise NoSuchBin(field="parent")
    if engineer and (standing := Place.objects.filter(kind=kind, record=engineer.pk).first()):
        unchanged(standing)
        return standing
    place = put_place(
        kind=kind, name=name, branch=parent.branch if parent else branch, record_id=engineer.pk if engineer else None, parent=parent
    )
    record(place, "stock.place_opened")
    return place


def put_place(*, kind: str, name: str, branch: Branch | None, record_id: UUID | None = None, parent: Place | None = None) -> Place:
    """Write a place within the running deed; the one that stands for the same record is returned as it is."""
    running_deed()
    fresh = {"name": name[:100], "branch": branch, "parent": parent, "is_outside": kind in OUTSIDE}
    if record_id is None:
        return Place.objects.create(kind=kind, **fresh)
    return Place.objects.get_or_create(kind=kind, record=record_id, defaults=fresh)[0]


def fitted_on(device_id: UUID, name: str) -> Place:
    """Return the place "fitted on this device", opened on first use within the running deed."""
    return put_place(kind=Place.Kind.FITTED, name=name, branch=None, record_id=device_id)


AREAS = {
    Place.Kind.QUARANTINE: "待检区", Place.Kind.DEFECTIVE: "不良品区", Place.Kind.TRANSIT: "调拨在途", Place.Kind.ADJUSTMENT: "盘点差异",
    Place.Kind.MAKER: "厂家返修", Place.Kind.SCRAP: "报废",
}  # fmt: skip


def area_of(branch: Branch | None, kind: Place.Kind) -> Place:
    """Return a branch's place of a kind of which it needs one, opened on first use within the running deed.

    Such are quarantine, defective parts, transit; without a branch it is the company's own.
    """
    running_deed()
    found = Place.objects.filter(kind=kind, branch=branch).order_by("id").first()
    if found or branch is None:
        return found or put_place(kind=kind, name=AREAS[kind], branch=None)
    return put_place(kind=kind, name=f"{branch.name_zh}{AREAS[kind]}", branch=branch, record_id=branch.pk)


@operation("stock.receive", right=RECEIVE_PARTS, on="target")
def receive(
    *, actor: Actor, target: Place, source: Place, part: Part, quantity: Decimal, unit_cost: Decimal, at: datetime, serial: str = "",
    lot: str = "", document: UUID, expires_on: date | None = None,
) -> Move:  # fmt: skip
    """Take parts straight into a store, at their cost, as opening stock or where no inspection is due; `document` came with them.

    :raises SerialNeeded, LotNeeded, SerialElsewhere, MovedAlready, NoQuantity: as `post_move`
    :raises ExpiryDiffers: another date of expiry is recorded for this lot or piece
    """
    pieces = Pieces(part, quantity, serial, lot)
    if expires_on:
        note_expiry(part, expires_on, lot=pieces.lot, serial=pieces.serial)
    cause = Cause("stock.delivery", document, f"{part.number}/{pieces.serial or pieces.lot}"[:40])
    move = post_move(kind="take_in", source=source, target=target, pieces=pieces, cause=cause, at=at, unit_cost=unit_cost)
    record(move, "stock.received", at=at)
    return move


@operation("stock.transfer", right=TRANSFER_PARTS, on="source")
def transfer(
    *, actor: Actor, source: Place, target: Place, part: Part, quantity: Decimal, at: datetime, serial: str = "", lot: str = "",
    condition: str = Condition.GOOD, document: UUID, kind: str = "issue_van",
) -> Move:  # fmt: skip
    """Move parts in one step, by the named move of the stock flow: issue to a van, return of unused parts, from bin to bin.

    :raises NotEnoughStock: the source holds less
    :raises MoveNotAllowed: the published stock flow does not allow it
    :raises SerialNeeded, LotNeeded, MovedAlready, NoQuantity, SamePlace: as `post_move`
    """
    pieces = Pieces(part, quantity, serial, lot, condition)
    cause = Cause("stock.transfer", document, f"{part.number}/{pieces.serial or pieces.lot}"[:40])
    move = post_move(kind=kind, source=source, target=target, pieces=pieces, cause=cause, at=at)
    record(move, "stock.transferred", at=at)
    return move


@operation("stock.reverse", right=REVERSE_MOVE, on="move")
def reverse(*, actor: Actor, move: Move, at: datetime) -> Move:
    """Take a move back by an opposite move at the same value; the first stays as it is.

    :raises ReversedAlready: it was taken back before
    :raises NotEnoughStock: the pieces have gone on from where it put them
    """
    back = take_back(move, cause=Cause("stock.Move", move.pk, "reversal"), at=at)
    record(back, "stock.reversed", at=at)
    return back
