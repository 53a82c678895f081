"""Do not use: a block with its reason, its source and its end. A device may carry several; it is free when none is open."""

from datetime import datetime

from anwei.core.actor import Actor
from anwei.core.operation import operation, record, running_deed
from anwei.equipment.devices.errors import AlreadyBlocked, BlockHasOwner, DeviceRetired, NotBlocked, ReasonMissing
from anwei.equipment.devices.models import Block, Device
from anwei.equipment.devices.operations.events import put_event
from anwei.equipment.devices.operations.life import refuse_retired
from anwei.equipment.devices.permissions import BLOCK_DEVICES, UNBLOCK_DEVICES

__all__ = ["DeviceRetired", "block", "end_block", "put_block", "unblock"]

BY_HAND = "accounts.User:"  # the source of a block that a person put


@operation("devices.block", right=BLOCK_DEVICES, on="device")
def block(*, actor: Actor, device: Device, reason: str, at: datetime) -> Block:
    """Put a device out of use, by hand: it shows "do not use" until somebody with the right lifts this block.

    :raises ReasonMissing: no reason was given
    :raises AlreadyBlocked: the same person has an open block on it
    :raises DeviceRetired: it is out of service for good
    """
    refuse_retired(device)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    source = f"{BY_HAND}{actor.id or actor.name}"
    if device.blocks.open().filter(source=source).exists():
        raise AlreadyBlocked(number=device.number)
    made = put_block(actor=actor, device=device, reason=reason.strip(), source=source, at=at)
    record(device, "devices.blocked", at=at)
    return made


@operation("devices.unblock", right=UNBLOCK_DEVICES, on="device")
def unblock(*, actor: Actor, device: Device, source: str, because: str, at: datetime) -> Device:
    """Lift a block that a person put by hand; one that another record put ends there.

    :raises BlockHasOwner: the source is an order, a recall or another record
    :raises ReasonMissing: nothing says why it may be used again
    :raises NotBlocked: there is no such open block
    """
    if not source.startswith(BY_HAND):
        raise BlockHasOwner
    if not because.strip():
        raise ReasonMissing(field="because")
    if end_block(actor=actor, device=device, source=source, because=because.strip(), at=at) is None:
        raise NotBlocked(number=device.number)
    record(device, "devices.unblocked", at=at)
    return device


def put_block(*, actor: Actor, device: Device, reason: str, source: str, at: datetime) -> Block:
    """Block a device within the running deed; `source` names the record that will end it. Put twice, the first one stays."""
    running_deed()
    locked = Device.objects.select_for_update().get(pk=device.pk)
    if standing := locked.blocks.open().filter(source=source).first():
        return standing
    made = Block.objects.create(device=locked, reason=reason, source=source, from_at=at)
    put_event(actor=actor, device=locked, kind="blocked", at=at, note=reason, details={"source": source})
    _sum_up(locked, device)
    return made


def end_block(*, actor: Actor, device: Device, source: str, because: str, at: datetime) -> Block | None:
    """End the open block of a source within the running deed; others stay. Without an open one nothing is done and None returned."""
    running_deed()
    locked = Device.objects.select_for_update().get(pk=device.pk)
    standing = locked.blocks.open().filter(source=source).first()
    if standing is None:
        return None
    standing.ended_at, standing.ended_because = at, because
    standing.save()
    kind = "still_blocked" if locked.blocks.open().exists() else "freed"
    put_event(actor=actor, device=locked, kind=kind, at=at, note=because, details={"source": source})
    _sum_up(locked, device)
    return standing


def _sum_up(locked: Device, given: Device) -> None:
    """Keep "do not use" as the sum of the open blocks, on the row and on the object that the caller holds."""
    locked.is_blocked = locked.blocks.open().exists()
    locked.save(update_fields=["is_blocked", "changed_at"])
    given.is_blocked, given.changed_at = locked.is_blocked, locked.changed_at
