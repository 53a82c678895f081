"""A list as a spreadsheet: the same filters and columns, streamed, up to a limit that the file itself tells of."""

import csv
import tempfile
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import IO, Any

import xlsxwriter
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from anwei.core import wording
from anwei.core.lists.cells import Column, Exported
from anwei.core.lists.keyset import Row
from anwei.core.lists.page import ListPage, State, fields_needed, read_state

CHUNK = 2_000
# A spreadsheet takes a text that begins so for a formula (OWASP, "CSV Injection")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def export(declared: ListPage, rows: "QuerySet[Any]", params: QueryDict, kind: str) -> HttpResponseBase:
    """Answer with the list as ``xlsx`` or ``csv``."""
    state = read_state(declared, params, rows.model)
    lines = _rows(declared, state, rows)
    name = f"{declared.name}-{localdate().isoformat()}"
    if kind == "xlsx":
        return FileResponse(_workbook(declared, state, lines), as_attachment=True, filename=f"{name}.xlsx")
    answer = StreamingHttpResponse(_csv(declared, state, lines), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def _rows(declared: ListPage, state: State, rows: "QuerySet[Any]") -> Iterator[Row]:
    narrowed = state.narrow(rows).order_by(*state.ordering.terms()).values(*fields_needed(declared, state, state.columns))
    return narrowed[: declared.export_limit + 1].iterator(chunk_size=CHUNK)


def _cut_note(declared: ListPage) -> str:
    return _("Only the first %(n)s rows are here; narrow the filter for the rest.") % {"n": f"{declared.export_limit:,}"}


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _csv(declared: ListPage, state: State, rows: Iterator[Row]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow([str(column.label) for column in state.columns])  # Excel knows UTF-8 by the mark
    for number, row in enumerate(rows):
        if number == declared.export_limit:
            yield writer.writerow([_cut_note(declared)])
            return
        yield writer.writerow([harmless(column.cell.value(row)) for column in state.columns])


def harmless(value: Exported) -> str:
    """Write a value so that no spreadsheet runs it: a text that would start a formula gets an apostrophe in front."""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA_STARTS) else value
    if value is None:
        return ""
    return str(value) if isinstance(value, int | Decimal) else wording.when(value)


def _workbook(declared: ListPage, state: State, rows: Iterator[Row]) -> IO[bytes]:
    target = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    # constant_memory writes row by row; write_string keeps a text a text, whatever it looks like
    with xlsxwriter.Workbook(target, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        formats = {"moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}), "day": book.add_format({"num_format": "yyyy-mm-dd"})}
        for place, column in enumerate(state.columns):
            sheet.write_string(0, place, str(column.label), book.add_format({"bold": True}))
        for number, row in enumerate(rows, start=1):
            if number > declared.export_limit:
                sheet.write_string(number, 0, _cut_note(declared))
                break
            _write_row(sheet, number, state.columns, row, formats)
        sheet.freeze_panes(1, 0)
    target.seek(0)
    return target


def _write_row(sheet: Any, number: int, columns: list[Column], row: Row, formats: dict[str, Any]) -> None:
    for place, column in enumerate(columns):
        value = column.cell.value(row)
        if value is None or value == "":
            continue
        if isinstance(value, str):
            sheet.write_string(number, place, value)
        elif isinstance(value, datetime):
            sheet.write_datetime(number, place, localtime(value).replace(tzinfo=None), formats["moment"])
        elif isinstance(value, int | Decimal):
            sheet.write_number(number, place, value)
        else:
            sheet.write_datetime(number, place, value, formats["day"])
