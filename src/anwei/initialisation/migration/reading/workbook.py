"""Excel workbooks, new (.xlsx) and old (.xls), behind their guards."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from types import TracebackType

import python_calamine

from anwei.initialisation.migration.reading import errors
from anwei.initialisation.migration.reading.biff import MAGIC, inspect_old_workbook
from anwei.initialisation.migration.reading.cells import Mark, Row, Value, make_cell
from anwei.initialisation.migration.reading.guard import WorkbookFacts, inspect_workbook
from anwei.initialisation.migration.reading.limits import Limits

_MAX_MERGES = 100_000


class Workbook:
    """A workbook that passed its guard; values are read one sheet at a time."""

    encoding = separator = ""

    def __init__(self, source: Path | bytes, limits: Limits) -> None:
        """Inspect the file and open it.

        :raises Unreadable: the workbook is locked, damaged, hostile, too large, or holds macros
        """
        self._facts: WorkbookFacts | None = None
        self._loaded: tuple[int, python_calamine.CalamineSheet] | None = None
        if _begins_with(source, MAGIC):
            self.epoch_1904 = inspect_old_workbook(source if isinstance(source, bytes) else source.read_bytes(), limits)
        else:
            self._facts = inspect_workbook(source, limits)
            self.epoch_1904 = self._facts.epoch_1904
        with _Refusing():
            self._book = python_calamine.load_workbook(BytesIO(source) if isinstance(source, bytes) else source)

    @property
    def sheets(self) -> list[str]:
        """The names of all sheets, in order."""
        return list(self._book.sheet_names)

    @property
    def visible(self) -> list[int]:
        """The positions of the sheets that a person sees."""
        kinds = python_calamine.SheetTypeEnum.WorkSheet, python_calamine.SheetVisibleEnum.Visible
        return [position for position, sheet in enumerate(self._book.sheets_metadata) if (sheet.typ, sheet.visible) == kinds]

    def rows(self, sheet: int = 0) -> Iterator[Row]:
        """Give every row of a sheet; rows before the first filled one count, so that numbers and addresses are right.

        :raises Damaged: the sheet cannot be read
        """
        content = self._load(sheet)
        marks = self._facts.sheets[sheet].marks if self._facts and sheet < len(self._facts.sheets) else {}
        above = _merged_into(content.merged_cell_ranges or [])
        kept: dict[tuple[int, int], Value] = {}
        heads = set(above.values())
        for number, values in enumerate(content.iter_rows(), 1):
            yield _row(number, values, marks, above, heads, kept)

    def _load(self, sheet: int) -> python_calamine.CalamineSheet:
        """Load a sheet; the last one is kept, since a table is looked at before it is read."""
        if self._loaded is None or self._loaded[0] != sheet:
            self._loaded = None
            with _Refusing():
                self._loaded = sheet, self._book.get_sheet_by_index(sheet)
        return self._loaded[1]


class _Refusing:
    """Turns the ways in which the library gives up into refusals; a panic of its Rust part is no Exception and has no name to catch."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None) -> None:
        if isinstance(error, python_calamine.PasswordError):
            raise errors.Locked from error
        if isinstance(error, python_calamine.CalamineError) or (kind is not None and kind.__name__ == "PanicException"):
            raise errors.Damaged(part=str(error)[:80]) from error


def _row(
    number: int,
    values: Sequence[Value],
    marks: dict[tuple[int, int], Mark],
    above: dict[tuple[int, int], tuple[int, int]],
    heads: set[tuple[int, int]],
    kept: dict[tuple[int, int], Value],
) -> Row:
    """Make a row; a cell merged into the one above takes over its value."""
    cells = []
    for column, value in enumerate(values, 1):
        place = (number, column)
        if place in heads:
            kept[place] = value
        if value == "" and place in above and kept.get(above[place]) not in (None, ""):
            cells.append(make_cell(number, column, kept[above[place]], Mark.MERGED))
        else:
            cells.append(make_cell(number, column, value, marks.get(place)))
    return Row(number, tuple(cells))


def _merged_into(ranges: list[tuple[tuple[int, int], tuple[int, int]]]) -> dict[tuple[int, int], tuple[int, int]]:
    """Give, for each cell below the head of a merged range, the head; counted from 1. Cells beside the head stay empty."""
    below: dict[tuple[int, int], tuple[int, int]] = {}
    for (top, left), (bottom, _right) in ranges:
        if len(below) + bottom - top > _MAX_MERGES:
            break
        below |= {(row + 1, left + 1): (top + 1, left + 1) for row in range(top + 1, bottom + 1)}
    return below


def _begins_with(source: Path | bytes, magic: bytes) -> bool:
    if isinstance(source, bytes):
        return source.startswith(magic)
    with source.open("rb") as file:
        return file.read(len(magic)) == magic
