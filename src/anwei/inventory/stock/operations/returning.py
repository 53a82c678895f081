"""What has to come back: old parts with their own fate and deadline, and issued parts that were not used."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from anwei.core.actor import Actor
from anwei.core.errors import NotFound
from anwei.core.operation import operation, record, running_deed
from anwei.foundation.definitions.queries import domain
from anwei.inventory.stock.errors import DueElsewhere, HoldsData, NotYetClean, WitnessNeeded
from anwei.inventory.stock.models import Condition, Due, Move, Place
from anwei.inventory.stock.operations.deeds import area_of
from anwei.inventory.stock.operations.moving import Cause, Pieces, post_move, take_back
from anwei.inventory.stock.operations.owing import UNUSED
from anwei.inventory.stock.permissions import CARE_FOR_OLD_PARTS, JUDGE_RETURNS, WRITE_OFF

CAUSE = "stock.Due"
CORE, DATA, NOT_CLEAN = "core", "data_bearing", "contaminated"
OPEN, BACK, SETTLED = Due.State.OPEN, Due.State.BACK, Due.State.SETTLED


def days_of(rule: str) -> int:
    """Return within how many days a return rule wants a piece back."""
    rows: list[dict[str, Any]] = domain("parts")["return_rules"]
    return next(int(row["days"]) for row in rows if row["key"] == rule)


def owe(
    *, pieces: Pieces, holder: Place, rule: str, at: datetime, label: str, cause: str, cause_id: UUID, move: Move | None = None,
    place: Place | None = None,
) -> Due:  # fmt: skip
    """Write down within the running deed that the holder of a van has to bring pieces back by the deadline of a return rule.

    With the rule "contaminated" the piece lies at `place` until it is cleaned.
    """
    running_deed()
    return Due.objects.create(
        part=pieces.part, holder=holder, place=place or holder, lot=pieces.lot, serial=pieces.serial, condition=pieces.condition,
        quantity=pieces.quantity, rule=rule, due_on=_deadline(rule, at), holds_data=pieces.part.data_bearing and rule != UNUSED,
        label=label[:60], cause=cause, cause_id=cause_id, move=move, state=Due.State.NOT_CLEAN if rule == NOT_CLEAN else OPEN,
    )  # fmt: skip


def owe_old_part(*, pieces: Pieces, van: Place, device: Place, clean: bool, at: datetime, label: str, cause: str, cause_id: UUID) -> Due:
    """Take the old piece out of a device within the running deed: into the van with a deadline, or, not clean, left where it is.

    Pieces are named in the condition in which they came out; patient data and the return of cores shorten the deadline.
    """
    if not clean:
        return owe(pieces=pieces, holder=van, place=device, rule=NOT_CLEAN, at=at, label=label, cause=cause, cause_id=cause_id)
    move = _remove(pieces, device, van, Cause(cause, cause_id, "old"), at)
    rule = DATA if pieces.part.data_bearing else CORE
    return owe(pieces=pieces, holder=van, rule=rule, at=at, label=label, cause=cause, cause_id=cause_id, move=move)


def _remove(pieces: Pieces, device: Place, van: Place, cause: Cause, at: datetime) -> Move:
    fitted = Pieces(pieces.part, pieces.quantity, pieces.serial, pieces.lot, Condition.USED)
    return post_move(kind="remove", source=device, target=van, pieces=fitted, cause=cause, at=at, becomes=pieces.condition)


def _deadline(rule: str, at: datetime) -> Any:
    return timezone.localdate(at) + timedelta(days=days_of(rule))


def take_due_back(*, cause: str, cause_id: UUID, at: datetime) -> None:
    """End within the running deed what was owed for a cause that was taken back: the old piece is where it was.

    :raises DueElsewhere: it was handed in meanwhile
    """
    running_deed()
    for due in Due.objects.select_for_update().filter(cause=cause, cause_id=cause_id):
        if due.state not in (OPEN, Due.State.NOT_CLEAN):
            raise DueElsewhere
        if due.move is not None:
            take_back(due.move, cause=Cause(cause, cause_id, "old_back"), at=at)
        _settle(due, Due.Fate.LEFT, at)


@operation("stock.clean", right=CARE_FOR_OLD_PARTS, on="due")
def clean(*, actor: Actor, due: Due, at: datetime) -> Due:
    """Say that an old part is decontaminated: it leaves the device's place for the van, with the deadline of its rule.

    :raises DueElsewhere: it is clean already
    """
    if due.state != Due.State.NOT_CLEAN:
        raise DueElsewhere
    pieces = Pieces(due.part, due.quantity, due.serial, due.lot, due.condition)
    due.move = _remove(pieces, due.place, due.holder, Cause(CAUSE, due.pk, "cleaned"), at)
    due.place, due.state = due.holder, OPEN
    due.rule = DATA if due.holds_data else CORE
    due.due_on = _deadline(due.rule, at)
    due.save()
    record(due, "stock.old_part_cleaned", at=at)
    return due


@operation("stock.wipe", right=CARE_FOR_OLD_PARTS, on="due")
def wipe(*, actor: Actor, due: Due, witness: str, at: datetime) -> Due:
    """Say that the patient data of an old part were wiped or destroyed before a witness; the part then goes back like others.

    :raises DueElsewhere: it holds no data, or was decided
    :raises WitnessNeeded: nobody is named
    """
    if not due.holds_data or due.state == SETTLED:
        raise DueElsewhere
    if not witness.strip():
        raise WitnessNeeded(field="witness")
    due.holds_data, due.witness = False, witness.strip()
    if due.rule == DATA:
        due.rule, due.due_on = CORE, timezone.localdate(due.created_at) + timedelta(days=days_of(CORE))
    due.save()
    record(due, "stock.data_wiped", at=at)
    return due


@operation("stock.leave", right=CARE_FOR_OLD_PARTS, on="due")
def leave(*, actor: Actor, due: Due, witness: str, at: datetime) -> Due:
    """Leave an old part with the hospital, whose person takes it over: it goes back to where it was taken out.

    :raises DueElsewhere: it is no longer with the engineer
    :raises WitnessNeeded: nobody took it over
    """
    if due.state not in (OPEN, Due.State.NOT_CLEAN) or due.rule == UNUSED:
        raise DueElsewhere
    if not witness.strip():
        raise WitnessNeeded(field="witness")
    if due.move is not None:
        take_back(due.move, cause=Cause(CAUSE, due.pk, "left"), at=at)
        due.place = due.move.source
    _settle(due, Due.Fate.LEFT, at, witness=witness)
    record(due, "stock.old_part_left", at=at)
    return due


@operation("stock.hand_in", right=JUDGE_RETURNS, on="due")
def hand_in(*, actor: Actor, due: Due, at: datetime) -> Due:
    """Take an old part from its engineer into quarantine.

    :raises NotYetClean: it lies at the hospital still
    :raises HoldsData: its data were not wiped
    :raises DueElsewhere: it was handed in already, or is no old part
    """
    _take_in(due, at)
    due.save()
    record(due, "stock.old_part_handed_in", at=at)
    return due


def _take_in(due: Due, at: datetime) -> None:
    if due.state == Due.State.NOT_CLEAN:
        raise NotYetClean(part=due.part.number)
    if due.state != OPEN or due.rule == UNUSED:
        raise DueElsewhere
    if due.holds_data:
        raise HoldsData(part=due.part.number)
    quarantine = area_of(due.holder.branch, Place.Kind.QUARANTINE)
    _move(due, "hand_in", quarantine, "handed in", at)
    due.state = BACK


def _move(due: Due, kind: str, target: Place, posting: str, at: datetime, becomes: str = "") -> None:
    pieces = Pieces(due.part, due.quantity, due.serial, due.lot, due.condition)
    post_move(
        kind=kind, source=due.place, target=target, pieces=pieces, cause=Cause(CAUSE, due.pk, posting), at=at,
        becomes=becomes or due.condition,
    )  # fmt: skip
    due.place, due.condition = target, becomes or due.condition


@operation("stock.judge", right=JUDGE_RETURNS, on="due")
def judge(*, actor: Actor, due: Due, fate: str, at: datetime, store: Place | None = None, note: str = "") -> Due:
    """Decide what becomes of an old part: tested good and into `store`, defective, or to its maker.

    One that is still in the van is handed in by the same deed.

    :raises NotYetClean, HoldsData, DueElsewhere: as `stock.hand_in`
    :raises NotFound: there is no store to put a good piece into, or no such fate
    """
    if due.state == OPEN:
        _take_in(due, at)
    if due.state != BACK:
        raise DueElsewhere
    match fate:
        case Due.Fate.GOOD if store is not None:
            _move(due, "test_good", store, "judged", at, Condition.GOOD)
        case Due.Fate.DEFECTIVE:
            _move(due, "to_defective", area_of(due.holder.branch, Place.Kind.DEFECTIVE), "judged", at, Condition.DEFECTIVE)
        case Due.Fate.MAKER:
            _move(due, "send_maker", area_of(None, Place.Kind.MAKER), "judged", at)
        case _:
            raise NotFound(kind="fate")
    _settle(due, Due.Fate(fate), at, note=note)
    record(due, "stock.old_part_judged", at=at)
    return due


@operation("stock.scrap", right=WRITE_OFF, on="due")
def scrap(*, actor: Actor, due: Due, witness: str, at: datetime, note: str = "") -> Due:
    """Scrap an old part that was handed in or found defective, before a witness; proposed by one person, approved by another.

    :raises SecondPersonNeeded: nobody else approved it
    :raises WitnessNeeded: nobody saw it destroyed
    :raises DueElsewhere: it is not in quarantine or with the defective parts
    """
    if due.place.kind not in (Place.Kind.QUARANTINE, Place.Kind.DEFECTIVE):
        raise DueElsewhere
    if not witness.strip():
        raise WitnessNeeded(field="witness")
    _move(due, "scrap", area_of(None, Place.Kind.SCRAP), "scrapped", at)
    _settle(due, Due.Fate.SCRAPPED, at, witness=witness, note=note)
    record(due, "stock.old_part_scrapped", at=at)
    return due


def _settle(due: Due, fate: Due.Fate, at: datetime, *, witness: str = "", note: str = "") -> None:
    due.state, due.fate, due.settled_at = SETTLED, fate, at
    due.witness, due.note = witness.strip() or due.witness, note.strip() or due.note
    due.save()
