"""Moving parts: an appended move, the two balances it changes and its money entry, in one transaction."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from anwei.core.actor import Actor
from anwei.core.operation import operation, record, running_deed, unchanged
from anwei.foundation.branches.models import Branch
from anwei.foundation.ledger.models import Entry
from anwei.foundation.ledger.operations import Side, post_entry
from anwei.foundation.staff.models import Engineer
from anwei.inventory.parts.models import Part
from anwei.inventory.stock.errors import (
    LotNeeded,
    MovedAlready,
    NoQuantity,
    NotEnoughStock,
    ReversedAlready,
    SamePlace,
    SerialElsewhere,
    SerialNeeded,
)
from anwei.inventory.stock.models import Balance, Condition, Move, Place
from anwei.inventory.stock.permissions import KEEP_PLACES, RECEIVE_PARTS, REVERSE_MOVE, TRANSFER_PARTS
from anwei.inventory.stock.rules import ACCOUNTS, leaving_value

OUTSIDE = (Place.Kind.FITTED, Place.Kind.SUPPLIER, Place.Kind.SCRAP, Place.Kind.ADJUSTMENT)


@dataclass(frozen=True, slots=True)
class Pieces:
    """What is moved: so many of a part, with serial or lot, in a condition, belonging to somebody (none: us)."""

    part: Part
    quantity: Decimal
    serial: str = ""
    lot: str = ""
    condition: str = Condition.GOOD
    owner: UUID | None = None


@dataclass(frozen=True, slots=True)
class Cause:
    """Why pieces move: one document, one kind of posting of it; each posts once."""

    kind: str
    id: UUID
    posting: str


@operation("stock.open_place", right=KEEP_PLACES)
def open_place(*, actor: Actor, kind: str, name: str, branch: Branch | None = None, engineer: Engineer | None = None) -> Place:
    """Open a place: a store, a van of an engineer, a supplier, a heap of returns. The van that an engineer has stays as it is."""
    if engineer and (standing := Place.objects.filter(kind=kind, record=engineer.pk).first()):
        unchanged(standing)
        return standing
    place = put_place(kind=kind, name=name, branch=branch, record_id=engineer.pk if engineer else None)
    record(place, "stock.place_opened")
    return place


def put_place(*, kind: str, name: str, branch: Branch | None, record_id: UUID | None = None) -> Place:
    """Write a place within the running deed; the one that stands for the same record is returned as it is."""
    running_deed()
    fresh = {"name": name[:100], "branch": branch, "is_outside": kind in OUTSIDE}
    if record_id is None:
        return Place.objects.create(kind=kind, **fresh)
    return Place.objects.get_or_create(kind=kind, record=record_id, defaults=fresh)[0]


def fitted_on(device_id: UUID, name: str) -> Place:
    """Return the place "fitted on this device", opened on first use within the running deed."""
    return put_place(kind=Place.Kind.FITTED, name=name, branch=None, record_id=device_id)


def _check(pieces: Pieces, source: Place, target: Place) -> None:
    if pieces.quantity <= 0:
        raise NoQuantity
    if source.pk == target.pk:
        raise SamePlace
    if pieces.part.tracking == Part.Tracking.SERIAL and (not pieces.serial or pieces.quantity != 1):
        raise SerialNeeded(part=pieces.part.number)
    if pieces.part.tracking == Part.Tracking.LOT and not pieces.lot:
        raise LotNeeded(part=pieces.part.number)


def _locked_balances(pieces: Pieces, source: Place, target: Place, becomes: str) -> tuple[Balance, Balance]:
    """Lock both balances, always in the order of their keys, so that two moves never wait for each other in a circle."""
    common = {"part": pieces.part, "lot": pieces.lot, "serial": pieces.serial, "owner": pieces.owner}
    keys = [
        Balance(place=source, condition=pieces.condition, is_outside=source.is_outside, **common),
        Balance(place=target, condition=becomes, is_outside=target.is_outside, **common),
    ]
    ordered = sorted(keys, key=lambda b: (str(b.place_id), b.condition))
    Balance.objects.bulk_create(ordered, ignore_conflicts=True)
    locked = {}
    for key in ordered:
        found = Balance.objects.select_for_update().get(place_id=key.place_id, condition=key.condition, **common)
        locked[key.place_id] = found
    return locked[source.pk], locked[target.pk]


def post_move(
    *,
    source: Place,
    target: Place,
    pieces: Pieces,
    cause: Cause,
    at: datetime,
    becomes: str | None = None,
    unit_cost: Decimal | None = None,
) -> Move:
    """Move pieces within the running deed: the move, both balances and the money entry, or nothing.

    `becomes` is their condition at the target if it differs. Pieces from outside our books come with `unit_cost`, others at
    moving average.

    :raises NotEnoughStock: the source holds less
    :raises SerialNeeded, LotNeeded: the part is followed by one
    :raises SerialElsewhere: that serial lies in another place of ours
    :raises MovedAlready: this cause has this posting
    """
    running_deed()
    _check(pieces, source, target)
    becomes = becomes or pieces.condition
    here, there = _locked_balances(pieces, source, target, becomes)
    if here.quantity < pieces.quantity and not source.is_outside:
        raise NotEnoughStock(place=source.name, part=pieces.part.number, there=here.quantity.normalize(), asked=pieces.quantity.normalize())
    value = _value(here, source, pieces, unit_cost)
    move = Move(
        part=pieces.part, source=source, target=target, lot=pieces.lot, serial=pieces.serial, owner=pieces.owner,
        condition=pieces.condition, becomes=becomes, quantity=pieces.quantity, value=value,
        cause=cause.kind, cause_id=cause.id, posting=cause.posting, at=at,
    )  # fmt: skip
    move.entry = _entry(move)
    _write(move, here, there)
    return move


def _value(here: Balance, source: Place, pieces: Pieces, unit_cost: Decimal | None) -> Decimal:
    if source.is_outside or pieces.owner is not None:
        return ((unit_cost or Decimal(0)) * pieces.quantity).quantize(Decimal("0.01"))
    return leaving_value(value=here.value, quantity=here.quantity, taken=pieces.quantity)


def _write(move: Move, here: Balance, there: Balance) -> None:
    try:
        with transaction.atomic():  # constraints are the guard: keep the transaction usable for the refusal
            move.save(force_insert=True)
    except IntegrityError as error:
        raise MovedAlready from error
    here.quantity, here.value = here.quantity - move.quantity, here.value - move.value
    there.quantity, there.value = there.quantity + move.quantity, there.value + move.value
    here.save(update_fields=["quantity", "value", "changed_at"])
    try:
        with transaction.atomic():
            there.save(update_fields=["quantity", "value", "changed_at"])
    except IntegrityError as error:
        raise SerialElsewhere(part=move.part.number, serial=move.serial) from error


def _entry(move: Move) -> Entry | None:
    debit, credit = ACCOUNTS[move.target.kind], ACCOUNTS[move.source.kind]
    if debit == credit or not move.value:
        return None
    branch = move.source.branch_id or move.target.branch_id
    return post_entry(
        source="stock.Move", source_id=move.pk, posting="move", on=timezone.localdate(move.at), branch=branch,
        text=f"{move.part.number} {move.serial}".strip(), sides=[Side(debit, move.value), Side(credit, -move.value)],
    )  # fmt: skip


@operation("stock.receive", right=RECEIVE_PARTS, on="target")
def receive(
    *, actor: Actor, target: Place, source: Place, part: Part, quantity: Decimal, unit_cost: Decimal, at: datetime, serial: str = "",
    lot: str = "", document: UUID,
) -> Move:  # fmt: skip
    """Take parts from a supplier into a store, at their cost; `document` is the delivery they came with.

    :raises SerialNeeded, LotNeeded, SerialElsewhere, MovedAlready, NoQuantity: as `post_move`
    """
    cause = Cause("stock.delivery", document, f"{part.number}/{serial or lot}"[:40])
    move = post_move(source=source, target=target, pieces=Pieces(part, quantity, serial, lot), cause=cause, at=at, unit_cost=unit_cost)
    record(move, "stock.received", at=at)
    return move


@operation("stock.transfer", right=TRANSFER_PARTS, on="source")
def transfer(
    *, actor: Actor, source: Place, target: Place, part: Part, quantity: Decimal, at: datetime, serial: str = "", lot: str = "",
    condition: str = Condition.GOOD, document: UUID,
) -> Move:  # fmt: skip
    """Move parts between stores and vans.

    :raises NotEnoughStock: the source holds less
    :raises SerialNeeded, LotNeeded, MovedAlready, NoQuantity, SamePlace: as `post_move`
    """
    cause = Cause("stock.transfer", document, f"{part.number}/{serial or lot}"[:40])
    move = post_move(source=source, target=target, pieces=Pieces(part, quantity, serial, lot, condition), cause=cause, at=at)
    record(move, "stock.transferred", at=at)
    return move


@operation("stock.reverse", right=REVERSE_MOVE, on="move")
def reverse(*, actor: Actor, move: Move, at: datetime) -> Move:
    """Take a move back by an opposite move at the same value; the first stays as it is.

    :raises ReversedAlready: it was taken back before
    :raises NotEnoughStock: the pieces have gone on from where it put them
    """
    if Move.objects.filter(reverses=move).exists() or move.reverses_id:
        raise ReversedAlready
    pieces = Pieces(move.part, move.quantity, move.serial, move.lot, move.becomes, move.owner)
    back = post_move(
        source=move.target, target=move.source, pieces=pieces, cause=Cause("stock.Move", move.pk, "reversal"), at=at,
        becomes=move.condition, unit_cost=move.value / move.quantity,
    )  # fmt: skip
    Move.objects.filter(pk=back.pk).update(reverses=move)
    record(back, "stock.reversed", at=at)
    return back
