"""Unique device identification: one door for whatever a scanner or a person delivers."""

import re
from dataclasses import dataclass, fields
from datetime import date
from unicodedata import category

from anwei.core.identifiers.errors import (
    AmbiguousUdi,
    IssuerNotRead,
    UdiPartsDiffer,
    UdiUnreadable,
    UdiWithoutDevice,
)
from anwei.core.identifiers.gs1 import SEPARATOR, read_brackets, read_elements, read_link
from anwei.core.identifiers.gtin import read_gtin
from anwei.core.identifiers.hibc import read_hibc
from anwei.core.identifiers.ma import read_ma
from anwei.core.identifiers.scan import Issuer, Scan

LONGEST = 300
# how scanners, spreadsheets and people write the separator that cannot be seen; none of these is allowed inside a value
_SEPARATORS = re.compile(r"<GS>|\{GS\}|\[GS\]|\(GS\)|<FNC1>|\{FNC1\}|\[FNC1\]|\\x1d|\\u001d|\\F|\^\]|[\u241d|]", re.IGNORECASE)
_SYMBOLOGY = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_HALF_WIDTH = {0xFF01 + n: 0x21 + n for n in range(94)} | {0x3000: 0x20} | str.maketrans("【】〔〕", "()()")
_SQUARE = str.maketrans("[]{}", "()()")
_BARE_GTIN = (12, 13, 14)


@dataclass(frozen=True, slots=True)
class Udi:
    """Hold what identifies a device: issuer and device's part, and what the label says of the piece; ``raw`` is the text as it came."""

    issuer: Issuer
    di: str
    serial: str | None
    lot: str | None
    made_on: date | None
    expires_on: date | None
    raw: str


def parse_udi(*scans: str) -> Udi:
    """Read the code, or the several codes, of one label.

    Understood are GS1 (element strings with separators or brackets, after ]d2 or ]C1, Digital Link, bare GTIN of 12 to 14 digits), HIBC
    and MA. Full-width characters and the usual stand-ins of the separator are accepted. Nothing is ever guessed.

    :raises UdiUnreadable: a text follows no rule
    :raises CheckDigitWrong: a check character tells of a misreading
    :raises AmbiguousUdi: a separator is missing and more than one reading remains; holds the candidates
    :raises UdiWithoutDevice: the device's part is missing
    :raises UdiPartsDiffer: the codes do not belong together
    :raises IssuerNotRead: a code of an issuer that is not taken apart here
    """
    raw = "\n".join(scans)
    if not scans or len(raw) > LONGEST:
        raise UdiUnreadable(raw[:LONGEST])
    read = [_read(scan) for scan in scans]
    if unsure := [options for options, certain in read if not certain]:
        if len(scans) > 1:
            raise UdiUnreadable(raw)
        raise AmbiguousUdi(raw, tuple(_join([option], raw) for option in unsure[0] if option.di))
    return _join([options[0] for options, _certain in read], raw)


def _read(raw: str) -> tuple[list[Scan], bool]:
    """Return the readings of one text, and whether the first is certain."""
    text = _plain(raw)
    if prefix := _SYMBOLOGY.match(text):
        text = text[prefix.end() :]
    if text.startswith("*") and text.rstrip().endswith("*"):
        text = text.rstrip()[1:-1]  # start and stop of Code 39, printed below the bars
    if text.startswith("+"):
        return [read_hibc(text, raw)], True
    text = text.rstrip(" ")
    for issuer, mark in ((Issuer.AHM, "AHM"), (Issuer.ICCBBA, "=")):
        if text.upper().startswith(mark):
            raise IssuerNotRead(raw, issuer=issuer)
    if text.upper().startswith("MA."):
        return [read_ma(text[:2].upper() + text[2:], raw)], True
    if text.lower().startswith(("http://", "https://")):
        return [read_link(text, raw)], True
    if text.startswith(("(", "[", "{")):
        return [read_brackets(text.translate(_SQUARE), raw)], True
    if text.isdigit() and len(text) in _BARE_GTIN:
        return [Scan(Issuer.GS1, di=read_gtin(text, raw))], True
    return read_elements(text, raw)


def _plain(raw: str) -> str:
    """Return the text in half-width characters with the separator as one character, without what is invisible."""
    text = _SEPARATORS.sub(SEPARATOR, raw.translate(_HALF_WIDTH))
    return "".join(character for character in text if category(character) != "Cf").strip("\r\n\t").lstrip(" ")


def _join(scans: list[Scan], raw: str) -> Udi:
    """Put the codes of one label together."""
    joined: dict[str, object] = {}
    for scan in scans:
        for part in fields(scan):
            value = getattr(scan, part.name)
            if value is not None and joined.setdefault(part.name, value) != value:
                raise UdiPartsDiffer(raw)
    if "di" not in joined:
        raise UdiWithoutDevice(raw)
    if "link" in joined and joined["link"] != joined.get("check"):
        raise UdiPartsDiffer(raw)
    whole = {part.name: joined.get(part.name) for part in fields(Udi) if part.name != "raw"}
    return Udi(raw=raw, **whole)  # type: ignore[arg-type]
