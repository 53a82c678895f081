"""What the fonts of the paper can show, and what is done about the rest."""

import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

FONTS = Path(__file__).parent / "fonts"
STAND_IN = "〓"  # the printer's sign for a character that is not in the case


@cache
def covered() -> frozenset[str]:
    """Return every character that the fonts can draw in regular weight."""
    points: set[int] = set()
    for path in FONTS.glob("*-Regular.ttf"):
        with TTFont(path, lazy=True) as font:
            points |= set(font.getBestCmap())
    return frozenset(map(chr, points))


def legible(value: Any, lost: set[str]) -> Any:
    """Return a JSON-like value with every text drawable, and add what was replaced or left out to `lost`.

    A character without a glyph becomes 〓; invisible ones (directions, joiners, controls) are left out, since they
    could reorder a line. Line breaks and tabs stay.
    """
    match value:
        case str():
            return "".join(_drawn(character, lost) for character in value) if set(value) - covered() else value
        case dict():
            return {key: legible(item, lost) for key, item in value.items()}
        case list() | tuple():
            return [legible(item, lost) for item in value]
        case _:
            return value


def _drawn(character: str, lost: set[str]) -> str:
    if character in covered() or character in "\n\t":
        return character
    lost.add(character)
    return "" if unicodedata.category(character) in {"Cc", "Cf", "Mn"} else STAND_IN


def code_points(characters: set[str]) -> list[str]:
    """Return characters as U+… in order, for a note that any font can print."""
    return [f"U+{ord(character):04X}" for character in sorted(characters)]
