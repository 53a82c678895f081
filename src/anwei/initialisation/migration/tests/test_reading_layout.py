import pytest

from anwei.initialisation.migration.reading import open_table
from anwei.initialisation.migration.tests.ugly import workbook

KNOWN = {"设备名称", "型号", "出厂编号", "购置日期", "开始", "结束", "Name", "Model", "Serial number", "Purchase date", "医院"}.__contains__
NAMES = ["设备名称", "型号", "出厂编号", "购置日期"]
ONE = ["呼吸机", "V8800", "0012345", "2024-03-05"]
TWO = ["除颤仪", "LP15", "SN-77", "2023-11-20"]


def read(rows):
    table = open_table(workbook(rows), recognise=KNOWN)
    data = [[cell.text for cell in row] for row in table.rows()]
    return table, data


@pytest.mark.parametrize(
    ("above", "reasons"),
    [
        ([], []),
        ([["某某医院医疗设备台账"]], ["above"]),
        ([["某某医院医疗设备台账"], [None], ["填写说明：红色为必填项，日期写作 2024-03-05，序列号以文本格式填写"]], ["above", "above"]),
        ([["单位：", "某某医院", "日期：", "2024-03-05"]], ["above"]),
    ],
)
def test_titles_and_instructions_above_the_names_are_left_out_and_listed(above, reasons) -> None:
    table, data = read([*above, NAMES, ONE, TWO])
    assert data == [ONE, TWO]
    assert [skipped.reason for skipped in table.skipped] == reasons
    assert [heading.name for heading in table.headings] == NAMES


def test_instruction_rows_below_the_names_are_left_out_and_listed() -> None:
    table, data = read([NAMES, ["必填", "必填", "文本格式", "例：2024-03-05"], ONE])
    assert data == [ONE]
    assert [(skipped.row, skipped.reason, skipped.text) for skipped in table.skipped] == [
        (2, "instruction", "必填 必填 文本格式 例：2024-03-05")
    ]


def test_two_rows_of_names_are_joined_by_groups() -> None:
    table, data = read([["设备信息", None, None, "维保信息", None], ["设备名称", "型号", "出厂编号", "开始", "结束"], [*ONE, "2025-03-05"]])
    assert [heading.parts for heading in table.headings] == [
        ("设备信息", "设备名称"),
        ("设备信息", "型号"),
        ("设备信息", "出厂编号"),
        ("维保信息", "开始"),
        ("维保信息", "结束"),
    ]
    assert data == [[*ONE, "2025-03-05"]]


def test_names_in_two_languages_are_joined() -> None:
    table, data = read([NAMES, ["Name", "Model", "Serial number", "Purchase date"], ONE])
    assert table.headings[2].parts == ("出厂编号", "Serial number")
    assert data == [ONE]


@pytest.mark.parametrize("mark", ["合计", "合  计", "总计", "注：以上数据截至三月", "制表人：王", "以下空白", "END", "第 1 页"])
def test_end_marks_are_left_out_and_listed_but_what_follows_is_read(mark) -> None:
    table, data = read([NAMES, ONE, [mark], TWO])
    assert data == [ONE, TWO]
    assert [(skipped.row, skipped.reason, skipped.text) for skipped in table.skipped] == [(3, "end_mark", " ".join(mark.split()))]


def test_names_repeated_on_every_printed_page_are_left_out_and_listed() -> None:
    table, data = read([NAMES, ONE, NAMES, TWO])
    assert data == [ONE, TWO]
    assert [skipped.reason for skipped in table.skipped] == ["repeated_header"]


def test_a_full_row_that_begins_like_an_end_mark_is_data() -> None:
    _table, data = read([NAMES, ["END", "M1", "7", "2024-03-05"]])
    assert data == [["END", "M1", "7", "2024-03-05"]]


def test_a_column_without_a_name_keeps_its_letters() -> None:
    table, _data = read([["设备名称", None, "出厂编号"], ["呼吸机", "?", "7"]])
    assert [(heading.letters, heading.name) for heading in table.headings] == [("A", "设备名称"), ("C", "出厂编号")]


def test_every_row_is_data_or_listed_or_blank() -> None:
    rows = [["台账"], NAMES, ["必填", "必填", "必填", "必填"], ONE, [None], NAMES, TWO, ["合计"], [None, None, "7"]]
    table, data = read(rows)
    listed = {skipped.row for skipped in table.skipped} | {row.number for row in table.rows()} | {2, 5}
    assert listed == set(range(1, len(rows) + 1))
    assert len(data) == 3
