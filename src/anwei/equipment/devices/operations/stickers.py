"""Stickers: printed blank or for devices, claimed by scan, revoked."""

from datetime import datetime

from anwei.core.actor import Actor
from anwei.core.ids import uuid7
from anwei.core.operation import operation, record, unchanged
from anwei.equipment.devices.errors import DeviceRetired, StickerRevoked, StickerTaken, TooManyStickers, UnknownSticker
from anwei.equipment.devices.models import Device, Sticker
from anwei.equipment.devices.operations.events import put_event
from anwei.equipment.devices.operations.life import refuse_retired
from anwei.equipment.devices.permissions import CLAIM_STICKERS, PRINT_STICKERS
from anwei.equipment.devices.rules import MOST_STICKERS, new_code, read_code

__all__ = ["DeviceRetired", "claim", "print_stickers", "revoke"]


@operation("devices.print_stickers", right=PRINT_STICKERS)
def print_stickers(*, actor: Actor, at: datetime, count: int = 0, devices: list[Device] | None = None) -> list[Sticker]:
    """Make one print job: so many blank stickers, or one for each device. A device that has one is printed the same one again.

    :raises TooManyStickers: none at all, or more than one job prints
    :raises DeviceRetired: one of the devices is out of service for good
    """
    wanted = Device.objects.select_for_update().filter(pk__in=[device.pk for device in devices or []]).order_by("pk")
    if count < 0 or not 0 < count + len(wanted) <= MOST_STICKERS:
        raise TooManyStickers(most=MOST_STICKERS, field="count")
    batch = uuid7()
    stickers = [_sticker_of(actor, device, at) for device in wanted]
    stickers += [Sticker(code=new_code(), printed_at=at) for _one in range(count)]
    for sticker in stickers:
        sticker.batch, sticker.printed_at = batch, at
        sticker.save()
    record(stickers[0], "devices.stickers_printed", at=at)
    return stickers


def _sticker_of(actor: Actor, device: Device, at: datetime) -> Sticker:
    refuse_retired(device)
    if standing := device.stickers.living().order_by("-claimed_at").first():
        return standing
    made = Sticker(code=new_code(), device=device, claimed_at=at)
    put_event(actor=actor, device=device, kind="stickered", at=at, details={"code": made.code})
    return made


@operation("devices.claim", right=CLAIM_STICKERS, on="device")
def claim(*, actor: Actor, device: Device, code: str, at: datetime) -> Sticker:
    """Say that a blank sticker, scanned or typed, was stuck onto a device.

    :raises UnknownSticker: the code is none of ours
    :raises StickerRevoked: it was taken out of use
    :raises StickerTaken: it is on another device
    :raises DeviceRetired: the device is out of service for good
    """
    refuse_retired(device)
    sticker = Sticker.objects.select_for_update().filter(code=read_code(code)).first()
    if sticker is None:
        raise UnknownSticker(field="code")
    if sticker.revoked_at:
        raise StickerRevoked(field="code")
    if sticker.device_id == device.pk:
        unchanged(device)
        return sticker
    if sticker.device_id:
        raise StickerTaken(field="code")
    sticker.device, sticker.claimed_at = device, at
    sticker.save()
    put_event(actor=actor, device=device, kind="stickered", at=at, details={"code": sticker.code})
    record(device, "devices.stickered", at=at)
    return sticker


@operation("devices.revoke_sticker", right=PRINT_STICKERS, on="sticker")
def revoke(*, actor: Actor, sticker: Sticker, at: datetime, reason: str = "") -> Sticker:
    """Take a sticker out of use: lost, torn off, or on the wrong device. Scanned later, it says so and reports nothing."""
    if sticker.revoked_at:
        unchanged(sticker)
        return sticker
    sticker.revoked_at = at
    sticker.save()
    if sticker.device:
        put_event(actor=actor, device=sticker.device, kind="sticker_revoked", at=at, note=reason, details={"code": sticker.code})
    record(sticker, "devices.sticker_revoked", at=at)
    return sticker
