"""Look through an xlsx workbook before anything is loaded: size, traps, and what the reader of values does not tell.

A zip directory may lie about sizes and a sheet about its dimension: every part is unpacked here in small blocks and counted.
Source: ECMA-376 part 1 (SpreadsheetML); PKWARE APPNOTE 6.3 (zip).
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anwei.initialisation.migration.reading import errors
from anwei.initialisation.migration.reading.cells import Mark
from anwei.initialisation.migration.reading.limits import Limits

_BLOCK = 1 << 20
_MAX_TAG = 1 << 22  # a single cell longer than this is no cell
_MAX_PARTS = 5_000
_MAX_RATIO, _ALWAYS_UNPACKED = 100, 32 << 20  # no real sheet packs tighter; a bomb packs up to 1,032 times
_MAX_MARKS = 200_000


class _Budget:
    """Bytes that may still be unpacked."""

    def __init__(self, limit: int) -> None:
        self._limit = self._left = limit

    def spend(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise errors.UnpacksTooLarge(limit=self._limit >> 20)


@dataclass(slots=True)
class SheetFacts:
    """What one sheet's part says about itself."""

    name: str
    content: int = 0
    last_row: int = 0
    last_column: int = 0
    marks: dict[tuple[int, int], Mark] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WorkbookFacts:
    """What a workbook says about itself: sheets in their order, and whether its serial dates count from 1904."""

    sheets: tuple[SheetFacts, ...]
    epoch_1904: bool


# the start of a cell in the only forms that spreadsheets write; a start in any other form is counted and refused
_CELL = re.compile(rb"<(?:\w+:)?c(?:\s+(?:r=[\"']([A-Z]{1,3})(\d{1,7})[\"']|[\w:]+=[\"'][\w.-]*[\"']))*\s*(/?)>")
_USUAL_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"(?: s="\d+")?(?: t="\w+")?(/?)>')  # many times faster
_ANY_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_PREFIXED_CELL = re.compile(rb"<\w+:c[\s/>]")
_ROW_START = re.compile(rb"<(?:\w+:)?row[\s>]")
_ROW_NUMBER = re.compile(rb"<(?:\w+:)?row\s[^<>]*?\br=[\"'](\d{1,7})[\"']")
_CELL_END = (b"</c>", b":c>")
_NO_VALUE = re.compile(
    rb"<(?:\w+:)?c\s([^<>/]*)>\s*<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*"  # a formula …
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"  # … and no value behind it
)
_ERROR = re.compile(rb"<(?:\w+:)?c\s([^<>/]*\bt=[\"']e[\"'][^<>/]*)>")
_REFERENCE = re.compile(rb"\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_TEXT_TYPE = re.compile(rb"\bt=[\"']str[\"']")
_TRAP = re.compile(rb"<!(?:DOCTYPE|ENTITY)|\x00")  # a NUL: another encoding, in which nothing here would be found
_EPOCH_1904 = re.compile(r"\bdate1904\s*=\s*[\"'](?:1|true)")
_SHEET = re.compile(r"<(?:\w+:)?sheet\s([^<>]*)>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s([^<>]*)>")
_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")


def inspect_workbook(source: Path | bytes, limits: Limits) -> WorkbookFacts:
    """Walk through every part that will be read.

    :raises Unreadable: the workbook is damaged, hostile, too large, or holds macros
    """
    try:
        with ZipFile(BytesIO(source) if isinstance(source, bytes) else source) as archive:
            return _inspect(archive, limits)
    except (BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError) as error:
        raise errors.Damaged(part="zip") from error


def _inspect(archive: ZipFile, limits: Limits) -> WorkbookFacts:
    parts = _parts(archive, limits)
    whole, shared = _Budget(limits.unpacked_bytes), _Budget(limits.shared_text_bytes)
    book = _small(archive, parts, "xl/workbook.xml", whole)
    sheets = _sheet_parts(book, _small(archive, parts, "xl/_rels/workbook.xml.rels", whole))
    facts = {part: SheetFacts(name) for name, part in sheets if part in parts}
    for name, info in parts.items():
        if not name.startswith("xl/") or not name.endswith(".xml") or name == "xl/workbook.xml":
            continue
        budgets = (whole, shared) if name == "xl/sharedStrings.xml" else (whole,)
        for text in _whole_cells(_blocks(archive, info, *budgets), name):
            if name in facts:
                _count(text, facts[name])
    for sheet in facts.values():
        limits.check_extent(sheet.name, sheet.last_row, sheet.last_column, sheet.content)
    return WorkbookFacts(tuple(facts[part] for _title, part in sheets if part in facts), bool(_EPOCH_1904.search(book)))


def _parts(archive: ZipFile, limits: Limits) -> dict[str, ZipInfo]:
    """Give the parts by name, after a look at the directory alone."""
    infos = archive.infolist()
    parts = {info.filename: info for info in infos}
    if len(infos) > _MAX_PARTS or len(parts) != len(infos):
        raise errors.Hostile(part="zip")
    if "xl/workbook.xml" not in parts:
        raise errors.NotATable(what=_kind_of_zip(parts))
    if any(name.lower().endswith("vbaproject.bin") for name in parts):
        raise errors.HasMacros
    if any(info.flag_bits & 1 for info in infos):
        raise errors.Locked
    if sum(info.file_size for info in infos) > limits.unpacked_bytes:
        raise errors.UnpacksTooLarge(limit=limits.unpacked_bytes >> 20)
    if any(info.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for info in infos):
        raise errors.Damaged(part="zip")
    return parts


def _kind_of_zip(parts: dict[str, ZipInfo]) -> Promise:
    """Say what a zip without a workbook is."""
    if "xl/workbook.bin" in parts:
        return _("a binary workbook (.xlsb)")
    if "word/document.xml" in parts:
        return _("a Word document")
    return _("an OpenDocument file") if "content.xml" in parts else _("a zip archive")


def _blocks(archive: ZipFile, info: ZipInfo, *budgets: _Budget) -> Iterator[bytes]:
    """Unpack one part block by block, whatever size the directory claims, within the budgets."""
    unpack = zlib.decompressobj(-zlib.MAX_WBITS) if info.compress_type == ZIP_DEFLATED else None
    inflated = _Budget(max(_MAX_RATIO * info.compress_size, _ALWAYS_UNPACKED))
    for packed in _compressed(archive, info):
        pending = packed
        while pending:
            block = unpack.decompress(pending, _BLOCK) if unpack else pending
            pending = unpack.unconsumed_tail if unpack else b""
            for budget in (inflated, *budgets):
                budget.spend(len(block))
            yield block


def _compressed(archive: ZipFile, info: ZipInfo) -> Iterator[bytes]:
    """Give the packed bytes of one part."""
    file = archive.fp
    assert file is not None
    file.seek(info.header_offset)
    header = file.read(30)
    if len(header) < 30 or header[:4] != b"PK\x03\x04":
        raise BadZipFile(info.filename)
    file.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), 1)
    left = info.compress_size
    while left > 0 and (packed := file.read(min(left, 1 << 16))):
        left -= len(packed)
        yield packed


def _small(archive: ZipFile, parts: dict[str, ZipInfo], name: str, budget: _Budget) -> str:
    """Give the whole text of a part that is small by nature."""
    if name not in parts:
        raise errors.Damaged(part=name)
    text = b"".join(_blocks(archive, parts[name], budget, _Budget(_MAX_TAG)))
    if _TRAP.search(text):
        raise errors.Hostile(part=name)
    return text.decode("utf-8-sig")


def _sheet_parts(book: str, relations: str) -> list[tuple[str, str]]:
    """Give the sheets' names and parts, in the workbook's order."""
    targets = {}
    for relation in _RELATION.findall(relations):
        attributes = _attributes(relation)
        target = attributes.get("Target", "")
        targets[attributes.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    sheets = [_attributes(sheet) for sheet in _SHEET.findall(book)]
    return [
        (sheet.get("name", ""), targets.get(next((value for key, value in sheet.items() if key.endswith(":id")), ""), ""))
        for sheet in sheets
    ]


def _attributes(tag: str) -> dict[str, str]:
    return {name: unescape(double or single) for name, double, single in _ATTRIBUTE.findall(tag)}


def _whole_cells(blocks: Iterator[bytes], name: str) -> Iterator[bytes]:
    """Cut the stream behind a cell, so that none is split over two blocks.

    :raises Hostile: the part declares entities or a document type
    """
    rest = b""
    for block in blocks:
        text = rest + block
        if (b"<!" in text or b"\0" in text) and _TRAP.search(text):
            raise errors.Hostile(part=name)
        cut = max(text.rfind(end) + len(end) if end in text else 0 for end in _CELL_END) or max(text.rfind(b"<"), 0)
        rest = text[cut:]
        if len(rest) > _MAX_TAG:
            raise errors.Damaged(part=name)
        yield text[:cut]
    yield rest


def _count(text: bytes, facts: SheetFacts) -> None:
    """Add a stretch of a sheet to its facts."""
    if b"<c" not in text and b":c" not in text:
        return
    expected = sum(map(text.count, (b"<c ", b"<c>", b"<c/", b"<c\t", b"<c\n", b"<c\r")))
    if b":c" in text:
        expected += len(_PREFIXED_CELL.findall(text))
    cells = _USUAL_CELL.findall(text)
    if len(cells) != expected:
        cells = _CELL.findall(text)
    if len(cells) != expected:
        raise errors.Hostile(part=facts.name)
    filled = [cell for cell in cells if not cell[2]]  # formatted empty cells take no room
    facts.content += len(filled)
    letters, digits = {cell[0] for cell in filled}, {cell[1] for cell in filled}
    facts.last_column = max(facts.last_column, *map(_column_number, letters), 0)
    facts.last_row = max(facts.last_row, *(int(number or 0) for number in digits), 0)
    if b"" in letters:  # a cell may leave out where it stands: then it follows the one before it
        facts.last_column = max(facts.last_column, *(len(_ANY_CELL.findall(row)) for row in _ROW_START.split(text)))
        facts.last_row = max(facts.last_row + len(_ROW_START.findall(text)), *map(int, _ROW_NUMBER.findall(text)), 0)
    _mark_formulas_and_errors(text, facts)


def _mark_formulas_and_errors(text: bytes, facts: SheetFacts) -> None:
    """Note the cells whose value says less than the file does; the searches are slow, hence the look before them."""
    if b"<f" in text or b":f" in text:
        for attributes in _NO_VALUE.findall(text):
            if not _TEXT_TYPE.search(attributes):
                _mark(attributes, Mark.NO_VALUE, facts)
    if b't="e"' in text or b"t='e'" in text:
        for attributes in _ERROR.findall(text):
            _mark(attributes, Mark.ERROR, facts)


def _mark(attributes: bytes, mark: Mark, facts: SheetFacts) -> None:
    if found := _REFERENCE.search(attributes):
        facts.marks[int(found[2]), _column_number(found[1])] = mark
        if len(facts.marks) > _MAX_MARKS:
            raise errors.NotCalculated


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
