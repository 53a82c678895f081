"""HIBC: the supplier label of the health industry (ANSI/HIBC 2.6), primary, secondary and both in one."""

import re
from datetime import date
from typing import Any

from anwei.core.identifiers.errors import CheckDigitWrong, UdiPartsDiffer, UdiUnreadable
from anwei.core.identifiers.scan import Issuer, Scan, read_day, read_day_of_year

Parts = dict[str, Any]  # names and values of a Scan

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%"
DEVICE = re.compile(r"[A-Z][A-Z0-9]{3}[A-Z0-9]{1,18}[0-9]")  # labeller, product, unit of measure
_VALUE = re.compile(r"[A-Z0-9.\-]{1,18}")
_QUANTITY = re.compile(r"8[0-9]{2}|9[0-9]{5}")
_COUNT = re.compile(r"Q[0-9]{1,5}")
# flag → length of the date that follows; the hour of flags 4 and 6 is not kept
_DATES = {"2": 6, "3": 6, "4": 8, "5": 5, "6": 7, "7": 0}


def check_character(text: str) -> str:
    """Return the check character of a text: the sum of its characters' places, modulo 43."""
    return ALPHABET[sum(map(ALPHABET.index, text)) % 43]


def read_hibc(text: str, raw: str) -> Scan:
    """Read a code that begins with "+".

    :raises UdiUnreadable: it follows no rule of the standard
    :raises CheckDigitWrong: its last character does not fit the others
    """
    text = _with_space(text)
    if len(text) < 4 or any(character not in ALPHABET for character in text):
        raise UdiUnreadable(raw)
    expected = check_character(text[:-1])
    if text[-1] != expected:
        raise CheckDigitWrong(raw, found=text[-1], expected=expected)
    primary, slash, secondary = text[1:-1].partition("/")
    if primary[:1].isalpha():
        if not DEVICE.fullmatch(primary):
            raise UdiUnreadable(raw)
        parts = _read_secondary(secondary, raw) if slash else {}
        return Scan(Issuer.HIBCC, di=primary, check=text[-1], **parts)
    # a secondary code alone: its last character but the check links it to the check character of the primary
    return Scan(Issuer.HIBCC, link=text[-2], **_read_secondary(text[1:-2], raw))


def _with_space(text: str) -> str:
    """Write in capitals; a check character that is a space is printed as "_", any other space at the end is none of the code."""
    text = text.upper()
    if text.endswith("_"):
        return text[:-1] + " "
    bare = text.rstrip(" ")
    is_check = text != bare and all(character in ALPHABET for character in bare) and check_character(bare) == " "
    return bare + " " if is_check else bare


def _read_secondary(text: str, raw: str) -> Parts:
    first, *others = text.split("/")
    leads = first.startswith("$") or first[:5].isdigit()
    parts = _read_first(first, raw) if leads else {}
    for other in others if leads else (first, *others):
        if _COUNT.fullmatch(other):
            continue
        key, value = _read_other(other, raw)
        if parts.setdefault(key, value) != value:
            raise UdiPartsDiffer(raw)
    return parts


def _read_first(text: str, raw: str) -> Parts:
    """Read the part with lot or serial: `$`, `$+`, `$$`, `$$+` or a bare day of the year."""
    if text[:5].isdigit() and len(text) > 5:
        return _with_value("lot", text[5:], raw, _date("5", text[:5], raw))
    match = re.match(r"(\$\$?)(\+?)", text)
    if match is None:
        raise UdiUnreadable(raw)
    key, rest = "serial" if match[2] else "lot", text[match.end() :]
    if match[1] == "$":
        return _with_value(key, rest, raw, None)
    if quantity := _QUANTITY.match(rest):
        rest = rest[quantity.end() :]
    if rest[:1] in ("0", "1"):
        return _with_value(key, rest[4:], raw, _date("", rest[:4], raw))
    flag, rest = rest[:1], rest[1:]
    if flag not in _DATES:
        raise UdiUnreadable(raw)
    length = _DATES[flag]
    return _with_value(key, rest[length:], raw, _date(flag, rest[:length], raw) if length else None)


def _read_other(text: str, raw: str) -> tuple[str, str | date]:
    """Read a further part: dates written in full, a serial number beside the lot."""
    if match := re.fullmatch(r"(14|16)D(\d{4})(\d{2})(\d{2})", text):
        return "expires_on" if match[1] == "14" else "made_on", _day(raw, *match.groups()[1:])
    if text.startswith("S") and _VALUE.fullmatch(text[1:]):
        return "serial", text[1:]
    raise UdiUnreadable(raw)


def _with_value(key: str, value: str, raw: str, expires_on: date | None) -> Parts:
    if not (_VALUE.fullmatch(value) if value else expires_on):
        raise UdiUnreadable(raw)
    return ({key: value} if value else {}) | ({"expires_on": expires_on} if expires_on else {})


def _date(flag: str, text: str, raw: str) -> date:
    if len(text) != _DATES.get(flag, 4) or not text.isdigit():
        raise UdiUnreadable(raw)
    match flag:
        case "2":
            return _day(raw, text[4:6], text[0:2], text[2:4])
        case "3" | "4":
            return _day(raw, text[0:2], text[2:4], text[4:6])
        case "5" | "6":
            try:
                return read_day_of_year(text[0:2], text[2:5])
            except ValueError as error:
                raise UdiUnreadable(raw) from error
        case _:
            return _day(raw, text[2:4], text[0:2])


def _day(raw: str, year: str, month: str, day: str | None = None) -> date:
    try:
        return read_day(year, month) if day is None else date(read_day(year, month).year, int(month), int(day))
    except ValueError as error:
        raise UdiUnreadable(raw) from error
