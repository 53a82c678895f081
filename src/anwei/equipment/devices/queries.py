"""Devices as others ask about them: by code, as a card, with the papers that go along."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from anwei.core.actor import Actor
from anwei.core.identifiers import normalise_serial
from anwei.core.labels import Label
from anwei.core.registers import registers
from anwei.equipment.devices.models import Block, Device, Event, Sticker
from anwei.equipment.devices.rules import read_code
from anwei.foundation.definitions.queries import domain


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of device: its name, and its criticality A (sustains life), B (critical to care) or C (general use)."""

    key: str
    label: Label
    criticality: str


@cache
def categories() -> Mapping[str, Category]:
    """Return every device category by its key, in the order of the domain content."""
    rows = domain("categories")["categories"]
    return {row["key"]: Category(row["key"], Label(row["zh"], row["en"]), row["criticality"]) for row in rows}


@dataclass(frozen=True, slots=True)
class DeviceCard:
    """What whoever talks about a device has to see at once."""

    device: Device
    name: str  # category and model, in the reader's language
    place: str
    sticker: Sticker | None  # the one in use, where there is one
    blocks: Sequence[Block]

    @property
    def is_blocked(self) -> bool:
        """Say whether it must not be used."""
        return self.device.is_blocked


def name_of(device: Device) -> str:
    """Return how people call a device: the kind of thing and its model, such as "Ventilator LB-V60"."""
    category = categories().get(device.model.category)
    return f"{category.label} {device.model.name}" if category else device.model.name


def device_card(actor: Actor, device: Device) -> DeviceCard | None:
    """Return the card of a device with its open blocks; None if it is not the actor's to see."""
    found = (
        Device.objects.visible_to(actor)
        .select_related("model", "hospital", "department", "branch", "distributor", "parent")
        .filter(pk=device.pk)
        .first()
    )
    if found is None:
        return None
    sticker = found.stickers.living().order_by("-claimed_at").first()
    return DeviceCard(found, name_of(found), found.place, sticker, list(found.blocks.open().order_by("from_at")))


def sticker_by_code(text: str) -> Sticker | None:
    """Return the sticker whose code was scanned or typed, with its device; None if it is none of ours."""
    code = read_code(text)
    return (
        Sticker.objects.select_related("device__model", "device__hospital", "device__department").filter(code=code).first()
        if code
        else None
    )


def is_named_by(device: Device, text: str) -> bool:
    """Say whether what was scanned or typed names this very device: its serial, its number, its UDI, or a sticker in use on it."""
    sticker = sticker_by_code(text)
    if sticker is not None:
        return sticker.device_id == device.pk and sticker.revoked_at is None
    return normalise_serial(text) in {device.serial_key, normalise_serial(device.number), normalise_serial(device.udi)} - {""}


def papers_of(actor: Actor, device: Device) -> dict[str, Any]:
    """Return what would go along with a device; nothing to people from outside, who find each paper on a page of its own."""
    return papers(device) if actor.side == "ours" else {}


def papers(device: Device) -> dict[str, Any]:
    """Return what goes along with a device to a new owner, as plain data: what it is, its life, and the records of every other app."""
    model = device.model
    answer: dict[str, Any] = {
        "device": {
            "number": device.number, "model": model.name, "maker": model.maker_name, "serial": device.serial, "udi": device.udi,
            "udi_di": model.udi_di, "carries_no_udi": device.has_no_udi, "software": device.software,
            "purchased_on": _day(device.purchased_on), "installed_on": _day(device.installed_on),
            "warranty_until": _day(device.warranty_until),
        },
        "life": [_told(event) for event in device.events.order_by("at", "created_at")],
    }  # fmt: skip
    for source in registers.papers:
        if source.slot == "devices.device":
            answer[source.key] = list(source.of(device.pk))
    return answer


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def _told(event: Event) -> dict[str, Any]:
    details = {name: value for name, value in event.details.items() if name != "papers"}
    return {"at": event.at.isoformat(), "kind": event.kind, "note": event.note, "details": details, "by": event.by}
