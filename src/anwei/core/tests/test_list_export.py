"""An export holds what the list shows, cannot run as a formula, and says where it was cut."""

import csv
import datetime as dt
import io
import zipfile
from decimal import Decimal
from typing import Any

import pytest
from django.http import StreamingHttpResponse
from django.test import RequestFactory
from python_calamine import CalamineWorkbook

from anwei.core.lists import respond
from anwei.core.lists.export import harmless
from anwei.core.tests.pages import SpecimenList
from anwei.core.tests.specimen import make


def exported(rows, kind, address="col=price&col=seen&col=group&col=rank", page=SpecimenList):
    answer = respond(RequestFactory().get(f"/things/?export={kind}&{address}"), page(), rows, may_export=True)
    assert isinstance(answer, StreamingHttpResponse)
    return answer, answer.getvalue()


def test_a_csv_file_holds_the_filtered_rows(specimens) -> None:
    make(name="kept", group="b", price=Decimal("1860.5"))
    make(name="left out", group="a")
    answer, content = exported(specimens, "csv", "group=b&col=price&col=seen")
    text = content.decode("utf-8-sig")
    assert content.startswith(b"\xef\xbb\xbf")
    assert ".csv" in answer["Content-Disposition"]
    lines = list(csv.reader(io.StringIO(text)))
    assert lines[0] == ["Name", "Seen", "Price"]
    assert len(lines) == 2
    assert lines[1][0].endswith("kept")
    assert lines[1][1:] == ["2026-11-24 14:30", "1860.50"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"])
def test_a_text_never_becomes_a_formula(specimens, text) -> None:
    assert harmless(text) == f"'{text}"
    make(group=text)
    _, book = exported(specimens, "xlsx")
    row = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()[1]
    assert str(row[1]).strip() == text.strip()
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_a_workbook_keeps_numbers_times_and_leading_zeros(specimens) -> None:
    make(name="00417", group="0012", rank=None, price=Decimal("2550.00"))
    _, content = exported(specimens, "xlsx")
    head, row = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert head == ["Name", "Group", "Rank", "Seen", "Price"]
    assert row[1:] == ["0012", "", dt.datetime.fromisoformat("2026-11-24T14:30"), 2550.0]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_long_export_is_cut_and_says_so(specimens, kind) -> None:
    class Short(SpecimenList):
        export_limit = 2

    for _ in range(4):
        make()
    _, content = exported(specimens, kind, page=Short)
    if kind == "csv":
        lines: list[Any] = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    else:
        lines = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert len(lines) == 4
    assert "first 2 rows" in lines[3][0]
