"""Stickers: a device's code to be scanned, on a sheet of labels or on a roll."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from anwei.foundation.files.paper import drawing
from anwei.foundation.files.paper.documents import BOTH
from anwei.foundation.files.paper.labels import A4_3X8, LABEL_60X40, LabelSize, SheetLayout, Sticker
from anwei.foundation.files.paper.typeset import render
from anwei.foundation.files.paper.words import say, words

UNDATED = datetime(2000, 1, 1, tzinfo=UTC)  # a sticker has no date: printed again, it is the same file


def sticker_sheet(stickers: Sequence[Sticker], layout: SheetLayout = A4_3X8, *, languages: Iterable[str] = BOTH, skip: int = 0) -> bytes:
    """Set stickers on A4 label sheets, row by row, and return them as PDF.

    `skip` leaves the first labels free: they were peeled off a sheet that is used again.

    :raises PaperTooLarge: more stickers than one document carries
    """
    return _print("sticker_sheet", stickers, asdict(layout) | {"skip": skip}, tuple(languages))


def sticker(label: Sticker, size: LabelSize = LABEL_60X40, *, languages: Iterable[str] = BOTH) -> bytes:
    """Set one sticker for a label printer, on a page of its own size, and return it as PDF."""
    return sticker_roll([label], size, languages=languages)


def sticker_roll(stickers: Sequence[Sticker], size: LabelSize = LABEL_60X40, *, languages: Iterable[str] = BOTH) -> bytes:
    """Set stickers for a label printer, each on a page of its own size, and return them as PDF.

    :raises PaperTooLarge: more stickers than one document carries
    """
    return _print("sticker", stickers, asdict(size), tuple(languages))


def _print(template: str, stickers: Sequence[Sticker], place: dict[str, Any], languages: tuple[str, ...]) -> bytes:
    data = {
        "words": words(languages),
        "language": languages[0],
        "layout": {name: float(length) for name, length in place.items()},
        "stickers": [_sticker(sticker, languages) for sticker in stickers],
    }
    pictures = {f"qr-{index}": drawing.qr(sticker.url) for index, sticker in enumerate(stickers)}
    return render(template, data, at=UNDATED, pictures=pictures)


def _sticker(sticker: Sticker, languages: tuple[str, ...]) -> dict[str, Any]:
    device = sticker.device
    return {
        "code": sticker.code,
        "hotline": sticker.hotline,
        "device": {
            "name": say(device.name, languages),
            "model": device.model,
            "serial": device.serial,
            "owner": say(device.owner, languages),
        }
        if device
        else None,
    }
