"""Open a file as a table: whatever its format, rows of cells with addresses under named columns."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anwei.foundation.governance.findings import Finding, FindingKind, Severity
from anwei.initialisation.migration.reading import errors
from anwei.initialisation.migration.reading.biff import MAGIC
from anwei.initialisation.migration.reading.cells import Row
from anwei.initialisation.migration.reading.delimited import DelimitedFile
from anwei.initialisation.migration.reading.layout import LOOK_AHEAD, Heading, Layout, Recognise, Skipped, data_rows, find_layout
from anwei.initialisation.migration.reading.limits import Limits
from anwei.initialisation.migration.reading.workbook import Workbook

RENAMED = FindingKind(
    "file.renamed", Severity.WARN, _("The file is called “%(original)s” but is a file of kind %(value)s; it was read as such.")
)

_FOREIGN: tuple[tuple[bytes, Promise], ...] = (
    (b"%PDF", _("a PDF document")),
    (b"\x89PNG", _("a picture")),
    (b"\xff\xd8\xff", _("a picture")),
    (b"GIF8", _("a picture")),
    (b"\x1f\x8b", _("a packed archive")),
    (b"Rar!", _("a packed archive")),
    (b"7z\xbc\xaf", _("a packed archive")),
    (b"{\\rtf", _("a text document")),
)
_WEB_PAGE = (b"<!doctype", b"<html", b"<table", b"<?xml", b"<meta", b"<head", b"mime-version:")


class Sheets(Protocol):
    """What every format offers."""

    epoch_1904: bool
    encoding: str
    separator: str

    @property
    def sheets(self) -> list[str]: ...

    def rows(self, sheet: int = 0) -> Iterator[Row]: ...


@dataclass(slots=True)
class Table:
    """One sheet of a file with its columns found; ``rows`` may be walked through again and again."""

    kind: str  # csv, xlsx or xls
    sheet: str
    other_sheets: tuple[str, ...]
    layout: Layout
    warnings: tuple[Finding, ...]
    source: Sheets
    position: int
    skipped: list[Skipped] = field(default_factory=list)

    @property
    def headings(self) -> tuple[Heading, ...]:
        return self.layout.headings

    def rows(self) -> Iterator[Row]:
        """Give the rows of data; ``skipped`` lists, after the walk, every filled row that was left out."""
        self.skipped = list(self.layout.skipped)
        yield from data_rows(self.source.rows(self.position), self.layout, self.skipped.append)


def open_table(
    source: Path | bytes, name: str = "", *, sheet: str | None = None, recognise: Recognise | None = None, limits: Limits | None = None
) -> Table:
    """Open a file (csv, tsv, xlsx, xls) and find its table.

    :param name: the file's name as its owner calls it; by default that of the path
    :param sheet: the sheet to read; by default the one whose columns are recognised best
    :param recognise: tells whether a text is a known column name
    :raises Unreadable: the file is refused, with a sentence that says why and what to do
    """
    limits = limits or Limits()
    start, size = _peek(source)
    if not size:
        raise errors.EmptyFile
    if size > limits.file_bytes:
        raise errors.TooLarge(megabytes=-(-size >> 20), limit=limits.file_bytes >> 20)
    kind = _kind(start)
    content: Sheets = DelimitedFile(source) if kind == "csv" else Workbook(source, limits)
    position, layout = _choose_sheet(content, sheet, recognise)
    others = tuple(title for place, title in enumerate(content.sheets) if place != position)
    called = name or (source.name if isinstance(source, Path) else "")
    return Table(kind, content.sheets[position], others, layout, _renamed(called, kind), content, position)


def _peek(source: Path | bytes) -> tuple[bytes, int]:
    if isinstance(source, bytes):
        return source[:2048], len(source)
    with source.open("rb") as file:
        return file.read(2048), source.stat().st_size


def _kind(start: bytes) -> str:
    """Tell the format by the file's first bytes, never by its name."""
    if start.startswith(b"PK\x03\x04"):
        return "xlsx"
    if start.startswith(MAGIC):
        return "xls"
    for magic, what in _FOREIGN:
        if start.startswith(magic):
            raise errors.NotATable(what=what)
    if start.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_WEB_PAGE):
        raise errors.NotATable(what=_("a web page"))
    return "csv"


def _renamed(name: str, kind: str) -> tuple[Finding, ...]:
    """Warn where a workbook is called like another format."""
    ending = Path(name).suffix.lower().lstrip(".")
    texts = {"csv", "tsv", "txt", ""}
    fits = ending in texts if kind == "csv" else ending in (kind, "")
    return () if fits else (RENAMED.on("", name, kind),)


def _choose_sheet(content: Sheets, wanted: str | None, recognise: Recognise | None) -> tuple[int, Layout]:
    """Give the sheet to read and its layout: the one asked for, else the best of the visible ones, the first among equals."""
    if wanted is not None:
        if wanted not in content.sheets:
            raise errors.NoSuchSheet(sheet=wanted)
        position = content.sheets.index(wanted)
        return position, _layout(content, position, recognise)
    candidates = content.visible if isinstance(content, Workbook) and content.visible else range(len(content.sheets))
    found: list[tuple[float, int, Layout]] = []
    for position in candidates:
        try:
            layout = _layout(content, position, recognise)
        except errors.NoHeader:
            continue
        found.append((layout.score, -position, layout))
    if not found:
        raise errors.NoHeader(rows=LOOK_AHEAD)
    _score, position, layout = max(found, key=lambda choice: choice[:2])
    return -position, layout


def _layout(content: Sheets, position: int, recognise: Recognise | None) -> Layout:
    return find_layout(list(islice(content.rows(position), LOOK_AHEAD + 10)), recognise)
