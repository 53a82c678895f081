"""Keeping pieces for somebody. What is held stands on the balance itself, so that the database refuses to promise a piece twice."""

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from anwei.core.identifiers import normalise_serial
from anwei.core.labels import Listing
from anwei.core.operation import running_deed
from anwei.inventory.parts.models import Part
from anwei.inventory.stock.errors import HeldForOthers, NoQuantity, NotEnoughStock
from anwei.inventory.stock.models import Balance, Condition, Expiry, Place, Reservation, within


def reserve(
    *, part: Part, place: Place, quantity: Decimal, cause: str, cause_id: UUID, label: str, lot: str = "", serial: str = ""
) -> list[Reservation]:
    """Keep good pieces of ours at a place, its bins included, within the running deed: what expires first comes first.

    Returns one reservation per balance taken, several where no single lot or serial number suffices; all carry the cause. With `lot` or
    `serial` only that one is taken.

    :raises NotEnoughStock: less is free there; nothing is kept
    :raises NoQuantity: the quantity is not above zero
    """
    running_deed()
    if quantity <= 0:
        raise NoQuantity
    left, made = quantity, []
    for balance in _free_in_turn(part, place, normalise_serial(lot), normalise_serial(serial)):
        taken = min(left, balance.quantity - balance.held)
        if taken > 0:
            made.append(_hold(balance, taken, cause, cause_id, label))
            left -= taken
        if not left:
            return made
    raise NotEnoughStock(place=place.name, part=part.number, there=(quantity - left).normalize(), asked=quantity.normalize())


def _free_in_turn(part: Part, place: Place, lot: str, serial: str) -> list[Balance]:
    """Lock what could be kept in the order of the keys, as moves do, and return it by its date of expiry."""
    rows = Balance.objects.filter(
        part=part, place__in=within(place), condition=Condition.GOOD, owner=None, is_outside=False, quantity__gt=0
    )
    rows = rows.filter(**{name: value for name, value in (("lot", lot), ("serial", serial)) if value})
    locked = list(rows.order_by("place_id", "condition", "lot", "serial").select_for_update(of=("self",)))
    known = Expiry.objects.filter(part=part).values_list("lot", "serial", "expires_on")
    days = {(lot_, serial_): day for lot_, serial_, day in known}
    today = timezone.localdate()
    in_turn = sorted(locked, key=lambda b: (days.get((b.lot, b.serial), date.max), str(b.pk)))
    return [b for b in in_turn if days.get((b.lot, b.serial), date.max) >= today]


def _hold(balance: Balance, taken: Decimal, cause: str, cause_id: UUID, label: str) -> Reservation:
    balance.held += taken
    balance.save(update_fields=["held", "changed_at"])
    key = {"part_id": balance.part_id, "place_id": balance.place_id, "lot": balance.lot, "serial": balance.serial}
    kept = Reservation.objects.held().filter(**key, cause=cause, cause_id=cause_id).first()
    if kept is None:
        return Reservation.objects.create(**key, cause=cause, cause_id=cause_id, quantity=taken, label=label[:60])
    kept.quantity += taken
    kept.save(update_fields=["quantity", "changed_at"])
    return kept


def release(reservations: Iterable[Reservation]) -> int:
    """Let go within the running deed what reservations still hold, and return how many there were."""
    running_deed()
    wanted = [r.pk for r in reservations]
    held = Reservation.objects.held().filter(pk__in=wanted).order_by("place_id", "lot", "serial")
    ended = 0
    for reservation in held:
        balance = _balance_of(reservation)  # the balance is locked before the reservation, by everybody
        kept = Reservation.objects.held().select_for_update().filter(pk=reservation.pk).first()
        if kept is None:
            continue
        balance.held -= kept.quantity
        balance.save(update_fields=["held", "changed_at"])
        kept.state = Reservation.State.RELEASED
        kept.save(update_fields=["state", "changed_at"])
        ended += 1
    return ended


def _balance_of(reservation: Reservation) -> Balance:
    return Balance.objects.select_for_update().get(
        part=reservation.part_id, place=reservation.place_id, lot=reservation.lot, serial=reservation.serial, owner=None,
        condition=Condition.GOOD,
    )  # fmt: skip


def use_up(balance: Balance, taken: Decimal, serves: Collection[UUID]) -> None:
    """Take pieces from a locked balance for some causes: their own reservations first, never what is held for others.

    The balance is changed in memory; whoever locked it writes it.

    :raises HeldForOthers: what is left is kept for others
    """
    if not balance.held:
        return
    held = list(
        Reservation.objects.held()
        .filter(part=balance.part_id, place=balance.place_id, lot=balance.lot, serial=balance.serial)
        .order_by("id")
        .select_for_update()
    )
    own = [r for r in held if r.cause_id in serves]
    if taken > balance.quantity - balance.held + sum((r.quantity for r in own), Decimal(0)):
        labels = Listing(sorted({r.label for r in held if r.cause_id not in serves}))
        raise HeldForOthers(part=balance.part.number, piece=balance.serial or balance.lot, place=balance.place.name, labels=labels)
    for reservation in own:
        used = min(taken, reservation.quantity)
        taken, balance.held = taken - used, balance.held - used
        _reduce(reservation, used)
        if not taken:
            break


def _reduce(reservation: Reservation, used: Decimal) -> None:
    if used == reservation.quantity:
        reservation.state = Reservation.State.USED
    else:
        reservation.quantity -= used
    reservation.save(update_fields=["quantity", "state", "changed_at"])
