"""A device's stickers as the paper sets them."""

from collections.abc import Sequence

from anwei.equipment.devices.models import Device, Sticker
from anwei.equipment.devices.queries import categories
from anwei.foundation.files.paper import documents, labels
from anwei.foundation.files.paper.stickers import sticker_roll, sticker_sheet

SIZES = {"label": labels.LABEL_60X40, "small": labels.LABEL_40X30}


def labels_pdf(stickers: Sequence[Sticker], site: str, layout: str, *, skip: int = 0) -> bytes:
    """Return stickers as PDF: on A4 sheets (`layout` "sheet"), else one to a page of a label roll. `site` is the address of this system."""
    made = [label_of(sticker, site) for sticker in stickers]
    return sticker_sheet(made, skip=skip) if layout == "sheet" else sticker_roll(made, SIZES[layout])


def label_of(sticker: Sticker, site: str) -> labels.Sticker:
    """Return what stands on one sticker; its picture holds the address to scan."""
    device = sticker.device
    return labels.Sticker(
        code=sticker.code,
        url=f"{site}/q/{sticker.code}",
        device=_named(device) if device else None,
        hotline=device.branch.phone if device else "",
    )


def _named(device: Device) -> labels.StickerDevice:
    category = categories().get(device.model.category)
    name = documents.Bilingual(category.label.zh, category.label.en) if category else device.model.name
    model = device.model.name if category else ""
    return labels.StickerDevice(name=name, model=model, serial=device.serial, owner=device.hospital.name)
