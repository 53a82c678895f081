from datetime import date, datetime, time

import pytest

from anwei.foundation.governance.standards import Epoch, calendar_date
from anwei.initialisation.migration.reading import Unreadable, open_table
from anwei.initialisation.migration.tests.ugly import DEVICES, old_workbook, patched, workbook

SHEET = "xl/worksheets/sheet1.xml"


def cells_of(content, **options):
    return {cell.address: cell for row in open_table(content, **options).rows() for cell in row}


def test_a_workbook_is_read_with_addresses() -> None:
    cells = cells_of(workbook())
    assert [cell.text for cell in cells.values()] == [*DEVICES[1], *DEVICES[2]]
    assert cells["C3"].text == "SN-77"
    assert not any(cell.findings for cell in cells.values())


def test_an_old_workbook_is_read_the_same() -> None:
    table = open_table(old_workbook(), "devices.xls")
    assert ([[cell.text for cell in row] for row in table.rows()], table.sheet, table.warnings) == (DEVICES[1:], "设备一", ())


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [(old_workbook(), "devices.xlsx", "xls"), (workbook(), "devices.xls", "xlsx"), (workbook(), "a.csv", "xlsx")],
)
def test_a_renamed_workbook_is_read_by_its_content_and_said(content, name, kind) -> None:
    table = open_table(content, name)
    assert table.kind == kind
    assert [(finding.code, finding.original, finding.value) for finding in table.warnings] == [("file.renamed", name, kind)]
    assert len(list(table.rows())) == 2


def test_numbers_become_texts_without_loss_or_are_held() -> None:
    def fill(book, sheet) -> None:
        for column, number in enumerate(
            [7, 1.5, 13812345678, 0.1 + 0.2, 3.0335e-06, -12, 99999999999999, 999032320001885, 1914310000010100016, True]
        ):
            sheet.write(3, column, number)

    cells = cells_of(workbook(fill=fill))
    row = [cells[f"{letter}4"] for letter in "ABCDEFGHIJ"]
    assert [cell.text for cell in row[:7]] == ["7", "1.5", "13812345678", "0.3", "0.0000030335", "-12", "99999999999999"]
    assert row[9].text == "TRUE"
    assert [[finding.code for finding in cell.findings] for cell in row[6:]] == [[], ["cell.long_number"], ["cell.long_number"], []]


def test_dates_and_times_keep_their_day_in_both_epochs() -> None:
    def fill(book, sheet) -> None:
        form = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_datetime(3, 3, datetime(2024, 3, 5), form)
        sheet.write_datetime(4, 3, datetime(2024, 3, 5, 14, 30), book.add_format({"num_format": "yyyy-mm-dd hh:mm"}))
        sheet.write_datetime(5, 3, time(14, 30), book.add_format({"num_format": "hh:mm"}))

    for since_1904 in (False, True):
        cells = cells_of(workbook(fill=fill, date_1904=since_1904))
        assert (cells["D4"].value, cells["D4"].text, cells["D5"].text) == (date(2024, 3, 5), "2024-03-05", "2024-03-05 14:30")
    assert cells_of(workbook(fill=fill))["D6"].text == "14:30:00"


def test_a_serial_number_is_a_date_of_its_workbook() -> None:
    table = open_table(workbook([*DEVICES, ["监护仪", "M3", "7", 43894]], date_1904=True))
    assert table.source.epoch_1904
    assert calendar_date(43894, epoch=Epoch.MAC_1904).value == date(2024, 3, 5)
    assert open_table(old_workbook(globals_=b"\x22\x00\x02\x00\x01\x00")).source.epoch_1904
    assert not open_table(workbook()).source.epoch_1904


def test_formulas_without_value_and_errors_are_found() -> None:
    def fill(book, sheet) -> None:
        sheet.write_formula(3, 0, '="呼吸机"', value="呼吸机")
        sheet.write_formula(3, 1, "=B2", value="")
        sheet.write_formula(3, 2, "=1/0", value="#DIV/0!")
        sheet.write_formula(3, 3, "=1+1", value=2)

    content = patched(workbook(fill=fill), SHEET, lambda sheet: sheet.replace(b"<f>B2</f><v></v>", b"<f>B2</f>"))
    cells = cells_of(content)
    assert [(cells[address].text, [finding.code for finding in cells[address].findings]) for address in ("A4", "B4", "C4", "D4")] == [
        ("呼吸机", []),
        ("", ["cell.no_value"]),
        ("", ["cell.error_value"]),
        ("2", []),
    ]


def test_a_formula_that_gives_an_empty_text_is_simply_empty() -> None:
    def fill(book, sheet) -> None:
        sheet.write_string(3, 0, "监护仪")
        sheet.write_formula(3, 1, '=""', value="")

    content = patched(
        workbook(fill=fill), SHEET, lambda sheet: sheet.replace(b'<c r="B4"><f>""</f><v></v>', b'<c r="B4" t="str"><f>""</f><v></v>')
    )
    assert b't="str"' in content or cells_of(content)["B4"].findings == ()


def test_cells_merged_downwards_take_over_the_value_and_say_so() -> None:
    def fill(book, sheet) -> None:
        sheet.merge_range("A4:A5", "监护仪")
        sheet.write("B4", "M3")
        sheet.write("B5", "M4")

    cells = cells_of(workbook(fill=fill))
    assert (cells["A4"].text, cells["A4"].findings) == ("监护仪", ())
    assert (cells["A5"].text, [finding.code for finding in cells["A5"].findings]) == ("监护仪", ["cell.merged"])


def test_cells_without_references_and_with_prefixes_are_counted_and_read() -> None:
    def anonymous(sheet):
        for address in (b"A", b"B", b"C", b"D"):
            for number in (b"1", b"2", b"3"):
                sheet = sheet.replace(b'<c r="' + address + number + b'"', b"<c")
        return sheet

    assert [cell.text for cell in cells_of(patched(workbook(), SHEET, anonymous)).values()] == [*DEVICES[1], *DEVICES[2]]


def test_a_formatted_but_empty_far_cell_takes_no_room() -> None:
    def fill(book, sheet) -> None:
        sheet.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True}))

    assert len(cells_of(workbook(fill=fill))) == 8


def test_the_sheet_asked_for_is_read_and_a_missing_one_refused() -> None:
    def fill(book, sheet) -> None:
        book.add_worksheet("空")

    table = open_table(workbook(fill=fill), sheet="设备")
    assert (table.sheet, table.other_sheets) == ("设备", ("空",))
    with pytest.raises(Unreadable) as refusal:
        open_table(workbook(), sheet="没有")
    assert refusal.value.code == "file.no_such_sheet"


def test_hidden_sheets_are_not_chosen_and_the_best_visible_one_is() -> None:
    def fill(book, sheet) -> None:
        hidden = book.add_worksheet("旧")
        hidden.write_row(0, 0, ["设备名称", "型号", "出厂编号", "购置日期", "状态", "科室"])
        hidden.hide()
        notes = book.add_worksheet("填写说明")
        notes.write_row(0, 0, ["第一步", "第二步"])

    table = open_table(workbook(fill=fill), recognise={"设备名称", "型号", "状态", "科室"}.__contains__)
    assert table.sheet == "设备"
