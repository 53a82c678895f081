"""Moving parts: an appended move, the two balances it changes and its money entry, in one transaction."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from anwei.core.identifiers import normalise_serial
from anwei.core.operation import running_deed
from anwei.foundation.ledger.models import Entry
from anwei.foundation.ledger.operations import Side, post_entry
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
from anwei.inventory.stock.operations.allowing import DIRECT, allow, refuse_expired
from anwei.inventory.stock.operations.owing import settle_unused
from anwei.inventory.stock.operations.reserving import use_up
from anwei.inventory.stock.rules import ACCOUNTS, leaving_value


@dataclass(frozen=True, slots=True)
class Pieces:
    """What is moved: so many of a part, with serial or lot, in a condition, belonging to somebody (none: us).

    Serial and lot are kept in the form in which they are compared, so that one piece has one name however it was typed.
    """

    part: Part
    quantity: Decimal
    serial: str = ""
    lot: str = ""
    condition: str = Condition.GOOD
    owner: UUID | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "serial", normalise_serial(self.serial))
        object.__setattr__(self, "lot", normalise_serial(self.lot))


@dataclass(frozen=True, slots=True)
class Cause:
    """Why pieces move: one document, one kind of posting of it; each posts once."""

    kind: str
    id: UUID
    posting: str


def post_move(
    *, kind: str, source: Place, target: Place, pieces: Pieces, cause: Cause, at: datetime, becomes: str | None = None,
    unit_cost: Decimal | None = None, flow: str = DIRECT, serves: Collection[UUID] = (), approved_by: UUID | None = None,
) -> Move:  # fmt: skip
    """Move pieces within the running deed: the move, both balances and the money entry, or nothing.

    `kind` is the key of the move in the published stock flow `flow`. `becomes` is their condition at the target if it differs. Pieces
    from outside our books come with `unit_cost`, others at moving average. `serves` are the keys of the causes on whose behalf they
    move: what is reserved for these is taken first and used up. `approved_by` is the second person where the deed itself asks one.

    :raises MoveNotAllowed, MoveUnknown, MoveNotYours, LeavesTheBranch, SecondPersonNeeded: the published flow says no
    :raises Expired: these pieces may not be used any more
    :raises ExpiryNeeded: the flow asks for a date of expiry and none is known
    :raises NotEnoughStock: the source holds less
    :raises HeldForOthers: what lies there is kept for another cause
    :raises SerialNeeded, LotNeeded: the part is followed by one
    :raises SerialElsewhere: that serial lies in a place of ours already
    :raises MovedAlready: this cause has this posting
    """
    _check(pieces, source, target)
    allowed = allow(flow=flow, kind=kind, source=source, target=target, approved_by=approved_by)
    refuse_expired(allowed.row, pieces.part, pieces.lot, pieces.serial, at)
    move = Move(kind=kind, flow_id=allowed.version, condition=pieces.condition, becomes=becomes or pieces.condition, at=at)
    posted = _post(move, source, target, pieces, cause, unit_cost, serves)
    settle_unused(posted)
    return posted


def take_back(move: Move, *, cause: Cause, at: datetime) -> Move:
    """Take a move back within the running deed by an opposite one at the same value; the first stays as it is.

    :raises ReversedAlready: it was taken back before, or takes another one back
    :raises NotEnoughStock: the pieces have gone on from where it put them
    :raises HeldForOthers: they are kept for somebody meanwhile
    """
    if move.reverses_id or Move.objects.filter(reverses=move).exists():
        raise ReversedAlready
    pieces = Pieces(move.part, move.quantity, move.serial, move.lot, move.becomes, move.owner)
    back = Move(kind="reverse", condition=move.becomes, becomes=move.condition, at=at, reverses=move)
    return _post(back, move.target, move.source, pieces, cause, move.value / move.quantity, ())


def _check(pieces: Pieces, source: Place, target: Place) -> None:
    if pieces.quantity <= 0:
        raise NoQuantity
    if source.pk == target.pk:
        raise SamePlace
    if pieces.part.tracking == Part.Tracking.SERIAL and (not pieces.serial or pieces.quantity != 1):
        raise SerialNeeded(part=pieces.part.number)
    if pieces.part.tracking == Part.Tracking.LOT and not pieces.lot:
        raise LotNeeded(part=pieces.part.number)


def _post(
    move: Move, source: Place, target: Place, pieces: Pieces, cause: Cause, unit_cost: Decimal | None, serves: Collection[UUID]
) -> Move:
    running_deed()
    here, there = _locked_balances(pieces, source, target, move.becomes)
    if not source.is_outside:
        if here.quantity < pieces.quantity:
            left = here.quantity.normalize()
            raise NotEnoughStock(place=source.name, part=pieces.part.number, there=left, asked=pieces.quantity.normalize())
        use_up(here, pieces.quantity, serves)
    move.part, move.source, move.target = pieces.part, source, target
    move.lot, move.serial, move.owner, move.quantity = pieces.lot, pieces.serial, pieces.owner, pieces.quantity
    move.cause, move.cause_id, move.posting = cause.kind, cause.id, cause.posting
    move.value = _value(here, source, pieces, unit_cost)
    move.entry = _entry(move)
    _write(move, here, there)
    return move


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
    here.save(update_fields=["quantity", "value", "held", "changed_at"])
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
