"""The deeds of devices: their models, their life, their blocks, their stickers."""

from anwei.equipment.devices.operations.blocks import block, end_block, put_block, unblock
from anwei.equipment.devices.operations.catalogue import register_model
from anwei.equipment.devices.operations.details import amend, correct
from anwei.equipment.devices.operations.events import put_event
from anwei.equipment.devices.operations.life import install, move, retire, transfer
from anwei.equipment.devices.operations.registering import register
from anwei.equipment.devices.operations.stickers import claim, print_stickers, revoke

__all__ = [
    "amend",
    "block",
    "claim",
    "correct",
    "end_block",
    "install",
    "move",
    "print_stickers",
    "put_block",
    "put_event",
    "register",
    "register_model",
    "retire",
    "revoke",
    "transfer",
    "unblock",
]
