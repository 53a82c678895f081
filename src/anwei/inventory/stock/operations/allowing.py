"""What the published stock flow and the dates of expiry allow."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from anwei.core.identifiers import normalise_serial
from anwei.core.labels import Label
from anwei.core.operation import running_deed
from anwei.foundation.definitions.queries import published
from anwei.inventory.parts.models import Part
from anwei.inventory.stock.errors import (
    Expired,
    ExpiryDiffers,
    ExpiryNeeded,
    LeavesTheBranch,
    MoveNotAllowed,
    MoveNotYours,
    MoveUnknown,
    SecondPersonNeeded,
)
from anwei.inventory.stock.models import Expiry, Place
from anwei.inventory.stock.rules import AllowedMove, allowed_moves
from anwei.inventory.stock.shown import places_in_words

KIND, DIRECT, DISTRIBUTOR = "stock_flow", "direct", "distributor"


@dataclass(frozen=True, slots=True)
class Allowed:
    """The row by which a move is allowed, and the version of the flow it stands in."""

    row: AllowedMove
    version: UUID


def allow(*, flow: str, kind: str, source: Place, target: Place, approved_by: UUID | None) -> Allowed:
    """Return the row of a published stock flow that allows a move to who acts in the running deed.

    :raises MoveUnknown, MoveNotAllowed, MoveNotYours, LeavesTheBranch, SecondPersonNeeded: none does
    """
    version, actor = published(KIND, flow), running_deed().actor
    row = allowed_moves(version.body).get(kind)
    if row is None:
        raise MoveUnknown(key=kind)
    name = Label(row.zh, row.en)
    if source.kind not in row.sources or target.kind not in row.targets:
        raise MoveNotAllowed(
            move=name, source=places_in_words([source.kind]), target=places_in_words([target.kind]),
            sources=places_in_words(row.sources), targets=places_in_words(row.targets),
        )  # fmt: skip
    if actor.side != "system" and not actor.roles & row.roles:
        raise MoveNotYours(move=name)
    if row.same_branch and source.branch_id != target.branch_id:
        raise LeavesTheBranch(move=name)
    if row.approval and (approved_by or actor.approved_by) is None:
        raise SecondPersonNeeded(move=name)
    return Allowed(row, version.pk)


def note_expiry(part: Part, expires_on: date, *, lot: str = "", serial: str = "") -> Expiry:
    """Write down within the running deed until when a lot or a piece may be used.

    :raises ExpiryDiffers: another date is recorded for it
    """
    running_deed()
    key = {"part": part, "lot": normalise_serial(lot), "serial": normalise_serial(serial)}
    expiry, _made = Expiry.objects.get_or_create(**key, defaults={"expires_on": expires_on})
    if expiry.expires_on != expires_on:
        raise ExpiryDiffers(part=part.number, piece=serial or lot, known=expiry.expires_on, told=expires_on)
    return expiry


def refuse_expired(row: AllowedMove, part: Part, lot: str, serial: str, at: datetime) -> None:
    """Stop pieces whose day has passed where the row says so, and pieces without a known day where one must be scanned.

    :raises Expired: their last day lies before the day of the move
    :raises ExpiryNeeded: the part expires and no day is recorded
    """
    if not row.fresh and "expiry" not in row.scan:
        return
    known = Expiry.objects.filter(part=part, lot=lot, serial=serial).values_list("expires_on", flat=True).first()
    if known is None:
        if part.expires and "expiry" in row.scan:
            raise ExpiryNeeded(part=part.number, field="expires_on")
    elif row.fresh and known < timezone.localdate(at):
        raise Expired(part=part.number, piece=serial or lot, date=known)
