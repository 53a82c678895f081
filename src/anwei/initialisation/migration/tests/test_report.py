import io
import re
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anwei.initialisation.migration.columns import assign
from anwei.initialisation.migration.kinds import Note, check_hospitals
from anwei.initialisation.migration.reading import open_table
from anwei.initialisation.migration.report import Summary, write_held_rows
from anwei.initialisation.migration.tests.ugly import workbook
from anwei.initialisation.migration.vocabulary import vocabulary

NAMES = ["医院名称", "城市", "备注", "电话"]
PAYLOADS = [
    '=HYPERLINK("http://x")',
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "'=1",
    "''=1",
    '"=1"',
    "a,=1",
    "x\n=1",
]


def held_rows(rows, form, sheet=None):
    """Write all held rows of a table and read them back."""
    table = open_table(sheet or workbook([NAMES, *rows]))
    checked = check_hospitals(assign(table.headings, vocabulary("hospital")).rows(table.rows()))
    held = {row.row: row.reasons for row in checked if row.reasons}
    file = io.BytesIO()
    count = write_held_rows(file, table.headings, table.rows(), held, form)
    assert count == len(held)
    return file.getvalue()


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_held_rows_come_with_all_columns_the_reason_and_their_row(form) -> None:
    content = held_rows([["协和医院", "武汉市", "甲", "027-85726114"], ["", "武汉市", "乙", ""], ["协和医院", "武汉市", "丙", ""]], form)
    table = open_table(content)
    rows = [[cell.text for cell in row] for row in table.rows()]
    assert [heading.name for heading in table.headings][:4] == NAMES
    assert [row[:4] for row in rows] == [["", "武汉市", "乙", ""], ["协和医院", "武汉市", "丙", ""]]
    assert [row[5] for row in rows] == ["3", "4"]
    assert rows[0][4].startswith("A3: ")
    assert "2" in rows[1][4]


@pytest.mark.parametrize("form", ["xlsx", "csv"])
@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_cell_runs_as_a_formula_and_the_text_comes_back(payload, form) -> None:
    content = held_rows([["", "武汉市", payload, ""]], form)
    if form == "csv":
        fields = re.split(r'[,\n]"?', content.decode("utf-8-sig"))
        assert not [field for field in fields if re.match("[=+@＝＋－＠\t\r]|-[^0-9]", field) and payload not in ("a,=1", "x\n=1")]
    else:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    original = next(open_table(workbook([NAMES, ["", "武汉市", payload, ""]])).rows()).cells[2].text
    assert next(open_table(content).rows()).cells[2].text == original


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_what_was_held_for_lost_digits_is_held_again(form) -> None:
    table = open_table(held_rows([["协和医院", "武汉市", "", 1914310000010100016]], form))
    (row,) = check_hospitals(assign(table.headings, vocabulary("hospital")).rows(table.rows()))
    assert {note.finding.code for note in row.reasons} <= {"cell.long_number", "cell.scientific"}
    assert row.candidate is None


@settings(deadline=None)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=5), st.sampled_from(["xlsx", "csv"]))
def test_any_text_comes_back_as_it_was_read(texts, form) -> None:
    sheet = "\ufeff医院名称,城市,备注,电话\n".encode() + b"".join(
        ',武汉市,"{}",\n'.format(text.replace('"', '""')).encode("utf-8", "replace") for text in texts
    )
    before = [row.cells[2].text for row in open_table(sheet).rows()]
    after = [row.cells[2].text for row in open_table(held_rows([], form, sheet)).rows()]
    broken = {place for place, row in enumerate(open_table(sheet).rows()) if row.cells[2].findings and not row.cells[2].text}
    assert [text for place, text in enumerate(after) if place not in broken] == [
        text for place, text in enumerate(before) if place not in broken
    ]


def test_a_stored_note_comes_back_whole() -> None:
    table = open_table(workbook([NAMES, ["", "武汉市", "", "待定"]]))
    (row,) = check_hospitals(assign(table.headings, vocabulary("hospital")).rows(table.rows()))
    assert [Note.restored(row.row, note.plain()) for note in row.notes] == list(row.notes)


def test_groups_tell_counts_values_and_first_cells() -> None:
    table = open_table(workbook([NAMES, *([f"医院{number}", "武汉市", "", "待定"] for number in range(8)), ["", "武汉市", "", ""]]))
    summary = Summary()
    list(summary.count(check_hospitals(assign(table.headings, vocabulary("hospital")).rows(table.rows()))))
    plain = summary.plain()
    groups = {(group["code"], group["field"]): group for group in plain["groups"]}
    assert (plain["rows"], plain["taken"], plain["held"]) == (9, 8, 1)
    assert plain["groups"][0]["code"] == "hospital.name_missing"
    unreadable = groups["phone.unreadable", "phone"]
    assert (unreadable["count"], unreadable["rows"], unreadable["cells"], unreadable["values"]) == (
        8,
        8,
        ["D2", "D3", "D4", "D5", "D6"],
        {"待定": 8},
    )
    assert "待定" in unreadable["message"]
