"""Parts on their way: issued to a van in one step, sent and received between places in two."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from anwei.core.actor import Actor
from anwei.core.errors import NotFound
from anwei.core.operation import operation, record
from anwei.foundation.branches.operations import next_number
from anwei.inventory.stock.errors import NoOwnVan, NotALine, NothingToMove, NotYoursToReceive, OldPartsGoBack, TransferEnded
from anwei.inventory.stock.models import Balance, Condition, Move, Place, Transfer, TransferLine
from anwei.inventory.stock.operations.deeds import area_of
from anwei.inventory.stock.operations.moving import Cause, Pieces, post_move, take_back
from anwei.inventory.stock.permissions import HAND_OVER, ISSUE_PARTS, RECEIVE_TRANSFER, SEND_PARTS, WRITE_OFF
from anwei.inventory.stock.queries import own_van

LINE = "stock.TransferLine"


@dataclass(frozen=True, slots=True)
class Taken:
    """So many pieces out of one balance."""

    balance: Balance
    quantity: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Arrived:
    """What came of one line of a transfer: whole, and damaged."""

    line: UUID
    received: Decimal
    damaged: Decimal = Decimal(0)


def in_order(lines: Sequence[Taken]) -> list[Taken]:
    """Return lines in the order in which their balances are locked.

    :raises NothingToMove: there is none
    """
    if not lines:
        raise NothingToMove(field="scans")
    return sorted(lines, key=lambda t: (str(t.balance.part_id), str(t.balance.place_id), t.balance.lot, t.balance.serial))


def pieces_of(taken: Taken) -> Pieces:
    """Return what a line takes, as a move names it."""
    found = taken.balance
    return Pieces(found.part, taken.quantity, found.serial, found.lot, found.condition, found.owner)


@operation("stock.issue", right=ISSUE_PARTS, on="van")
def issue(*, actor: Actor, van: Place, lines: list[Taken], at: datetime, document: UUID) -> Place:
    """Issue scanned pieces of stores and bins to a van, all of them or none.

    :raises NothingToMove: nothing was scanned
    :raises NotEnoughStock, HeldForOthers, Expired, MoveNotAllowed: as `post_move`
    """
    for number, taken in enumerate(in_order(lines)):
        cause = Cause("stock.issue", document, str(number))
        post_move(kind="issue_van", source=taken.balance.place, target=van, pieces=pieces_of(taken), cause=cause, at=at)
    record(van, "stock.issued", at=at)
    return van


@operation("stock.send", right=SEND_PARTS, on="source")
def send(*, actor: Actor, source: Place, to: UUID, lines: list[Taken], at: datetime, note: str = "") -> Transfer:
    """Send pieces of a store and its bins to another store; they are in transit until that store receives them.

    :raises NotFound: there is no such store
    :raises NothingToMove: nothing was scanned
    :raises NotEnoughStock, HeldForOthers, MoveNotAllowed: as `post_move`
    """
    target = Place.objects.filter(pk=to, kind=Place.Kind.STORE).exclude(pk=source.pk).first()
    if target is None:
        raise NotFound(kind="place")
    return _put_on_the_way(actor, source, target, lines, at, note)


@operation("stock.hand_over", right=HAND_OVER)
def hand_over(*, actor: Actor, colleague: UUID, lines: list[Taken], at: datetime, note: str = "") -> Transfer:
    """Hand pieces of one's own van to a colleague, named by the engineer's key; the colleague accepts them.

    :raises NoOwnVan: one has no van oneself
    :raises NotFound: the colleague has no van, or a piece lies elsewhere
    :raises OldPartsGoBack: a used or defective piece was chosen
    :raises NothingToMove: nothing was chosen
    :raises NotEnoughStock, HeldForOthers, MoveNotAllowed: as `post_move`
    """
    van = own_van(actor)
    if van is None:
        raise NoOwnVan
    target = Place.objects.filter(kind=Place.Kind.VAN, record=colleague).exclude(pk=van.pk).first()
    if target is None or any(taken.balance.place_id != van.pk for taken in lines):
        raise NotFound(kind="place")
    if any(taken.balance.condition != Condition.GOOD for taken in lines):
        raise OldPartsGoBack
    return _put_on_the_way(actor, van, target, lines, at, note)


def _put_on_the_way(actor: Actor, source: Place, target: Place, lines: list[Taken], at: datetime, note: str) -> Transfer:
    wanted, branch = in_order(lines), source.branch or target.branch
    transit = area_of(target.branch or branch, Place.Kind.TRANSIT)
    transfer = Transfer(source=source, target=target, transit=transit, sender=actor.name, sent_at=at, note=note.strip())
    made = [(_line(transfer, taken), pieces_of(taken)) for taken in wanted]
    for line, pieces in made:
        post_move(kind="send", source=line.place, target=transit, pieces=pieces, cause=Cause(LINE, line.pk, "sent"), at=at)
    transfer.number = next_number(branch, "T", at) if branch else f"T-{transfer.pk.hex[-8:].upper()}"
    transfer.save(force_insert=True)
    TransferLine.objects.bulk_create([line for line, _pieces in made])
    record(transfer, "stock.sent", at=at)
    return transfer


def _line(transfer: Transfer, taken: Taken) -> TransferLine:
    found = taken.balance
    return TransferLine(
        transfer=transfer, place=found.place, part=found.part, lot=found.lot, serial=found.serial, condition=found.condition,
        quantity=taken.quantity,
    )  # fmt: skip


@operation("stock.receive_transfer", right=RECEIVE_TRANSFER, on="transfer")
def receive_transfer(*, actor: Actor, transfer: Transfer, arrived: list[Arrived], at: datetime) -> Transfer:
    """Receive what was sent, line by line.

    What is whole goes into the place, what is damaged to the defective parts; what lacks stays on the way and the transfer stays open.

    :raises NotYoursToReceive: it goes to a place of other people
    :raises TransferEnded: it was received or cancelled before
    :raises NotALine: a line of another transfer, or more than is on the way
    """
    _refuse_others(actor, transfer)
    lines = {line.pk: line for line in transfer.lines.select_related("part").order_by("part_id", "lot", "serial")}
    told = {row.line: row for row in arrived}
    if set(told) - set(lines) or len(told) != len(arrived):
        raise NotALine
    for pk, line in lines.items():
        if pk in told:
            _take_in(transfer, line, told[pk], at)
    whole = all(not line.open for line in lines.values())
    transfer.state = Transfer.State.RECEIVED if whole else Transfer.State.SHORT
    transfer.receiver, transfer.received_at = actor.name, at
    transfer.save()
    record(transfer, "stock.transfer_received" if whole else "stock.transfer_short", at=at)
    return transfer


def _refuse_others(actor: Actor, transfer: Transfer) -> None:
    if transfer.state not in (Transfer.State.SENT, Transfer.State.SHORT):
        raise TransferEnded(number=transfer.number)
    if not Place.objects.visible_to(actor).filter(pk=transfer.target_id).exists():
        raise NotYoursToReceive(number=transfer.number, place=transfer.target.name)


def _take_in(transfer: Transfer, line: TransferLine, row: Arrived, at: datetime) -> None:
    if min(row.received, row.damaged) < 0 or row.received + row.damaged > line.open:
        raise NotALine
    target, before = transfer.target, line.received + line.damaged  # names the posting: a line may arrive in several parts
    whole = Pieces(line.part, row.received, line.serial, line.lot, line.condition)
    if row.received:
        cause = Cause(LINE, line.pk, f"received after {before.normalize():f}")
        post_move(kind="arrive", source=transfer.transit, target=target, pieces=whole, cause=cause, at=at)
    if row.damaged:
        broken = target if target.kind == Place.Kind.VAN else area_of(target.branch, Place.Kind.DEFECTIVE)
        post_move(
            kind="arrive_damaged", source=transfer.transit, target=broken, pieces=replace(whole, quantity=row.damaged),
            cause=Cause(LINE, line.pk, f"damaged after {before.normalize():f}"), at=at, becomes=Condition.DEFECTIVE,
        )  # fmt: skip
    line.received, line.damaged = line.received + row.received, line.damaged + row.damaged
    line.save()


@operation("stock.cancel_transfer", right=RECEIVE_TRANSFER, on="transfer")
def cancel_transfer(*, actor: Actor, transfer: Transfer, at: datetime) -> Transfer:
    """Take a transfer back before anything of it was received: the pieces are where they were.

    :raises TransferEnded: it was received, in part or whole, or cancelled
    :raises NotYoursToReceive: it was sent by other people
    """
    if transfer.state != Transfer.State.SENT:
        raise TransferEnded(number=transfer.number)
    if not Place.objects.visible_to(actor).filter(pk=transfer.source_id).exists():
        raise NotYoursToReceive(number=transfer.number, place=transfer.target.name)
    for line in transfer.lines.order_by("part_id", "lot", "serial"):
        take_back(Move.objects.get(cause=LINE, cause_id=line.pk, posting="sent"), cause=Cause(LINE, line.pk, "cancelled"), at=at)
    transfer.state = Transfer.State.CANCELLED
    transfer.save(update_fields=["state", "changed_at"])
    record(transfer, "stock.transfer_cancelled", at=at)
    return transfer


@operation("stock.write_off_lost", right=WRITE_OFF, on="transfer")
def write_off_lost(*, actor: Actor, transfer: Transfer, at: datetime) -> Transfer:
    """Write off what never arrived of a transfer; proposed by one person, approved by another.

    :raises TransferEnded: nothing of it is on the way
    :raises SecondPersonNeeded: nobody else approved it
    """
    if transfer.state != Transfer.State.SHORT:
        raise TransferEnded(number=transfer.number)
    lost = area_of(None, Place.Kind.ADJUSTMENT)
    for line in transfer.lines.select_related("part").order_by("part_id", "lot", "serial"):
        if line.open:
            pieces = Pieces(line.part, line.open, line.serial, line.lot, line.condition)
            post_move(kind="lost", source=transfer.transit, target=lost, pieces=pieces, cause=Cause(LINE, line.pk, "lost"), at=at)
            line.lost = line.open
            line.save()
    transfer.state = Transfer.State.RECEIVED
    transfer.save(update_fields=["state", "changed_at"])
    record(transfer, "stock.lost_written_off", at=at)
    return transfer
