"""What a check found, grouped by what there is to repair, and the held rows as a file with a reason beside each."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made
from typing import Any, BinaryIO

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

from anwei.foundation.governance.findings import Severity
from anwei.initialisation.migration.kinds.candidates import C, Checked, Note
from anwei.initialisation.migration.reading import Cell, Heading, Row
from anwei.initialisation.migration.reading.cells import TOO_LONG, escape, plain_number

_EXAMPLES = 5
_CELL_LIMIT = 32_767  # characters that a cell of a workbook holds
_WEIGHT = {Severity.REJECT: 0, Severity.WARN: 1, Severity.REPAIR: 2}


@dataclass(slots=True)
class Group:
    """All findings of one kind in one field: how many, in how many rows, the commonest values, the first cells."""

    code: str
    severity: Severity
    field: str
    count: int = 0
    rows: set[int] = made(default_factory=set)
    values: Counter[str] = made(default_factory=Counter)
    examples: list[Note] = made(default_factory=list)

    def add(self, note: Note) -> None:
        self.count += 1
        self.rows.add(note.row)
        self.values[note.finding.original] += 1
        if len(self.examples) < _EXAMPLES:
            self.examples.append(note)

    def plain(self) -> dict[str, Any]:
        """Give the group for a program: code, severity, field, counts, the first sentence and cells."""
        return {
            "code": self.code,
            "severity": str(self.severity),
            "field": self.field,
            "count": self.count,
            "rows": len(self.rows),
            "row": self.examples[0].row,
            "example": self.examples[0].plain(),  # from which its sentence is said in any language
            "message": self.examples[0].finding.sentence,
            "cells": [note.address for note in self.examples],
            "values": dict(self.values.most_common(_EXAMPLES)),
        }


@dataclass(slots=True)
class Summary:
    """Counts of a check, growing row by row."""

    rows: int = 0
    held: int = 0
    by_kind: dict[tuple[str, str], Group] = made(default_factory=dict)

    @property
    def taken(self) -> int:
        return self.rows - self.held

    @property
    def groups(self) -> list[Group]:
        """The groups, those that hold rows first, then by their number of findings."""
        return sorted(self.by_kind.values(), key=lambda group: (_WEIGHT[group.severity], -group.count, group.code, group.field))

    def count(self, checked: Iterable[Checked[C]]) -> Iterator[Checked[C]]:
        """Count the rows while they pass."""
        for row in checked:
            self.rows += 1
            self.held += row.candidate is None
            for note in row.notes:
                kind = note.finding.code, note.finding.field
                group = self.by_kind.setdefault(kind, Group(note.finding.code, note.finding.severity, note.finding.field))
                group.add(note)
            yield row

    def plain(self) -> dict[str, Any]:
        """Give the summary for a program."""
        return {"rows": self.rows, "taken": self.taken, "held": self.held, "groups": [group.plain() for group in self.groups]}


def reason_text(notes: Sequence[Note]) -> str:
    """Give the reasons of one row with their cells, in the language now active."""
    return "\n".join(f"{note.address}: {note.finding.sentence}" for note in notes)


def write_held_rows(
    file: BinaryIO, headings: Sequence[Heading], rows: Iterable[Row], held: Mapping[int, Sequence[Note]], form: str = "xlsx"
) -> int:
    """Write the held rows with all their columns, a reason and the row's number in the source; give their count.

    No cell of the result runs as a formula, and what was held for lost digits is held again when the file comes back.

    :param rows: the table's rows; those not in ``held`` are passed over
    :param held: reasons by row number
    :param form: ``xlsx`` or ``csv``
    """
    names = [*(heading.parts[-1] for heading in headings), _("Reason"), _("Row in the source")]
    places = [heading.column - 1 for heading in headings]
    lines = (
        ([row.cells[place] if place < len(row.cells) else None for place in places], reason_text(held[row.number]), row.number)
        for row in rows
        if row.number in held
    )
    return _write_csv(file, names, lines) if form == "csv" else _write_workbook(file, names, lines)


Line = tuple[list[Cell | None], str, int]


def _write_csv(file: BinaryIO, names: Sequence[str], lines: Iterable[Line]) -> int:
    text = io.TextIOWrapper(file, "utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(map(escape, names))
    count = 0
    for cells, reason, number in lines:
        writer.writerow([*(escape(_shown(cell)) for cell in cells), escape(reason), number])
        count += 1
    text.detach()
    return count


def _write_workbook(file: BinaryIO, names: Sequence[str], lines: Iterable[Line]) -> int:
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    sheet = book.add_worksheet(_("Held rows"))
    bold, plain = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(names):
        sheet.write_string(0, column, name, bold)
    count = 0
    for count, (cells, reason, number) in enumerate(lines, 1):
        for column, cell in enumerate(cells):
            _write_cell(sheet, count, column, cell, plain)
        sheet.write_string(count, len(cells), reason[:_CELL_LIMIT])
        sheet.write_number(count, len(cells) + 1, number)
    book.close()
    return count


def _write_cell(sheet: Worksheet, row: int, column: int, cell: Cell | None, form: object) -> None:
    value = cell.value if cell else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, _shown(cell)[:_CELL_LIMIT], form)


def _shown(cell: Cell | None) -> str:
    """Give the cell's text; where nothing could be taken, what its finding shows."""
    if cell is None:
        return ""
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        return f"{cell.value:.14E}" if abs(cell.value) >= TOO_LONG else plain_number(cell.value)
    return cell.text or next((finding.original for finding in cell.findings), "")
