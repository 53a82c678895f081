"""GS1: element strings, with brackets or with separators, and Digital Link addresses (GS1 General Specifications; Digital Link 1.2)."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import parse_qsl, urlsplit

from biip import ParseError
from biip.gs1_application_identifiers import GS1ApplicationIdentifier
from biip.gs1_digital_link_uris import GS1DigitalLinkURI
from biip.gs1_element_strings import GS1ElementString

from anwei.core.identifiers.errors import UdiPartsDiffer, UdiUnreadable
from anwei.core.identifiers.gtin import LENGTHS, read_gtin
from anwei.core.identifiers.scan import Issuer, Scan

SEPARATOR = "\x1d"
Reading = tuple[GS1ElementString, ...]

# of predefined length: the next identifier may follow at once (section 7.8.5)
_FIXED = {"00": 18, "01": 14, "02": 14, "03": 14, "11": 6, "12": 6, "13": 6, "15": 6, "16": 6, "17": 6, "20": 2}
# what stands beside a device's number on labels, hence where a lost separator may have stood
_ON_LABELS = ("10", "11", "13", "15", "16", "17", "21", "30", "240", "241", "250")
_MOST_LOST = 2
_MOST_READINGS = 5
_LINKED_GTIN = re.compile(r"/(?:01|gtin)/([^/]*)")
_BRACKETED = re.compile(r"\((\d{2,4})\)")


def read_brackets(text: str, raw: str) -> Scan:
    """Read "(01)…(17)…(21)…" as printed below a barcode.

    :raises UdiUnreadable: an identifier is unknown or a value does not fit it
    """
    first, *pieces = _BRACKETED.split(text.replace(SEPARATOR + "(", "(").strip(SEPARATOR))
    if first.strip() or not pieces:
        raise UdiUnreadable(raw)
    pairs = zip(pieces[::2], pieces[1::2], strict=True)
    return _as_scan([_element(ai, _without_print_spaces(ai, value), raw) for ai, value in pairs], raw)


def read_link(text: str, raw: str) -> Scan:
    """Read a Digital Link address such as https://id.gs1.org/01/09506000134352/21/12345.

    :raises UdiUnreadable: the address holds no element strings, or one twice
    """
    try:
        elements = GS1DigitalLinkURI.parse(text).element_strings
        address = urlsplit(text)
    except (ParseError, ValueError) as error:
        raise UdiUnreadable(raw) from error
    asked = Counter(key for key, _value in parse_qsl(address.query))
    if any(count > 1 for count in asked.values()):
        raise UdiPartsDiffer(raw)
    number = _LINKED_GTIN.search(address.path)
    if number and len(number[1]) not in LENGTHS:
        raise UdiUnreadable(raw)
    return _as_scan(elements, raw)


def read_elements(text: str, raw: str) -> tuple[list[Scan], bool]:
    """Return every reading of a string without brackets, and whether the one is certain.

    A string with a separator in it is read as it stands. In one without, a value of open length runs to the end; where it could also end
    earlier, because another identifier of device labels may begin inside it, the scanner may have dropped the separator.

    :raises UdiUnreadable: there is no reading at all
    """
    lost = 0 if SEPARATOR in text.strip(SEPARATOR) else _MOST_LOST
    found = list(islice(_readings(text, (), lost), _MOST_READINGS))
    if not found or not found[0]:
        raise UdiUnreadable(raw)
    certain = len(found) == 1 and found[0] == next(_readings(text, (), 0), None)
    return [_as_scan(reading, raw) for reading in found], certain


def _readings(text: str, before: Reading, lost: int) -> Iterator[Reading]:
    text = text.lstrip(SEPARATOR)
    if not text:
        yield before
        return
    ai = _identifier(text)
    if ai is None or any(element.ai.ai == ai for element in before):
        return
    segment, separator, rest = text.partition(SEPARATOR)
    body = segment[len(ai) :]
    for end in _ends(ai, body, lost):
        if element := _fitting(ai, body[:end]):
            cut = 1 if end < len(body) and ai not in _FIXED else 0
            yield from _readings(body[end:] + separator + rest, (*before, element), lost - cut)


def _ends(ai: str, body: str, lost: int) -> Iterable[int]:
    """Return where the value may end: at its fixed length, else with the segment or, if a separator may be lost, before an identifier."""
    if ai in _FIXED:
        return [_FIXED[ai]]
    inside = [end for end in range(1, len(body)) if body.startswith(_ON_LABELS, end)] if lost else []
    return [len(body), *inside]


def _identifier(text: str) -> str | None:
    try:
        return GS1ApplicationIdentifier.extract(text).ai
    except ParseError:
        return None


def _fitting(ai: str, value: str) -> GS1ElementString | None:
    try:
        return GS1ElementString.parse(ai + value)
    except ParseError:
        return None


def _element(ai: str, value: str, raw: str) -> GS1ElementString:
    element = _fitting(ai, value)
    if element is None or element.ai.ai != ai:
        raise UdiUnreadable(raw)
    return element


def _without_print_spaces(ai: str, value: str) -> str:
    """Drop the spaces that print puts between digits; in letters and digits an inner space is left to be refused."""
    return value.replace(" ", "") if ai in _FIXED else value.strip()


def _as_scan(elements: Iterable[GS1ElementString], raw: str) -> Scan:
    by_ai: dict[str, GS1ElementString] = {}
    for element in elements:
        if element.ai.ai in by_ai:
            raise UdiPartsDiffer(raw)
        by_ai[element.ai.ai] = element
    gtin = by_ai.get("01")
    return Scan(
        Issuer.GS1,
        di=read_gtin(gtin.value, raw) if gtin else None,
        serial=by_ai["21"].value if "21" in by_ai else None,
        lot=by_ai["10"].value if "10" in by_ai else None,
        made_on=by_ai["11"].date if "11" in by_ai else None,
        expires_on=by_ai["17"].date if "17" in by_ai else None,
    )
