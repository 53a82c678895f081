"""MA: the two-dimensional identifier code issued in China by ZIIOT (rules for device identifiers published at udi.idcode.net).

The device's part is "MA.156.M0." with the registrant's six characters and the product's eight; behind it stand, each led by a dot and a
letter, lot (L), serial number (S), day made (M), lot of sterilisation (D), last valid day (V) and day of expiry (E).
The rule of its check character is not public and is not checked.
"""

import re
from datetime import date

from anwei.core.identifiers.errors import UdiPartsDiffer, UdiUnreadable
from anwei.core.identifiers.scan import Issuer, Scan, read_day

DEVICE = re.compile(r"MA\.[0-9]{3}\.M0\.[0-9A-Z]{6}\.[0-9A-Z]{8}")
_PIECE = re.compile(r"([LSMDVE])([0-9A-Za-z\-]{1,40})")
_DAY = re.compile(r"(\d{2}|\d{4})(\d{2})(\d{2})")


def read_ma(text: str, raw: str) -> Scan:
    """Read a code that begins with "MA.".

    :raises UdiUnreadable: it does not follow the rules
    """
    device = DEVICE.match(text)
    if device is None or text[device.end() : device.end() + 1] not in ("", "."):
        raise UdiUnreadable(raw)
    pieces: dict[str, str] = {}
    for piece in filter(None, text[device.end() :].removeprefix(".").split(".")):
        match = _PIECE.fullmatch(piece)
        if match is None:
            raise UdiUnreadable(raw)
        if match[1] in pieces:
            raise UdiPartsDiffer(raw)
        pieces[match[1]] = match[2]
    days = {letter: _read_day(pieces[letter], raw) for letter in "MVE" if letter in pieces}
    if "V" in days and "E" in days:
        # last valid day and day of expiry differ by one day or say the same; which is meant is not for us to guess
        raise UdiPartsDiffer(raw)
    return Scan(
        Issuer.MA,
        di=device[0],
        serial=pieces.get("S"),
        lot=pieces.get("L"),
        made_on=days.get("M"),
        expires_on=days.get("E", days.get("V")),
    )


def _read_day(text: str, raw: str) -> date:
    match = _DAY.fullmatch(text)
    try:
        if match and match[3] != "00":
            return read_day(*match.groups())
    except ValueError as error:
        raise UdiUnreadable(raw) from error
    raise UdiUnreadable(raw)
