"""Which pieces a scan names."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from anwei.core.identifiers import UdiRefusal, normalise_serial, parse_udi


@dataclass(frozen=True, slots=True)
class Piece:
    """What is kept for somebody, and what its labels may say."""

    part_number: str
    gtin: str = ""
    serial: str = ""
    lot: str = ""


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a scan said: the parts of a label, or plain text that may be a serial number, a lot or a part number."""

    text: str
    gtin: str = ""
    serial: str = ""
    lot: str = ""
    expires_on: date | None = None


def read(scan: str) -> Scanned:
    """Read a label, or take the text as it stands where it is no device identifier; serial and lot in the form they are compared in."""
    text = scan.strip()
    try:
        label = parse_udi(text)
    except UdiRefusal:
        return Scanned(normalise_serial(text))
    return Scanned(text, label.di, normalise_serial(label.serial or ""), normalise_serial(label.lot or ""), label.expires_on)


def names(scanned: Scanned, piece: Piece) -> bool:
    """Say whether a scan names this piece: everything that its label tells must agree."""
    if not (scanned.gtin or scanned.serial or scanned.lot):
        return scanned.text in {piece.part_number, piece.serial, piece.lot} - {""}
    told = ((scanned.gtin, piece.gtin), (scanned.serial, piece.serial), (scanned.lot, piece.lot))
    return all(said == known for said, known in told if said and known) and bool(
        (scanned.gtin and piece.gtin) or scanned.serial or scanned.lot
    )


def first_named(scanned: Scanned, pieces: Collection[Piece]) -> Piece | None:
    """Return the first piece that a scan names."""
    return next((piece for piece in pieces if names(scanned, piece)), None)
