import csv
import io
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anwei.initialisation.migration.reading import Unreadable, open_table
from anwei.initialisation.migration.reading.delimited import DelimitedFile

TEXT = "设备名称,型号,出厂编号\n呼吸机,V8800,0012345\n除颤仪,LP15,𠮷-㛃\n"


def texts(content, **options):
    return [[cell.text for cell in row] for row in open_table(content, **options).rows()]


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("gb18030"),
        TEXT.replace("\n", "\r\n").encode("gb18030"),
        TEXT.replace("\n", "\r", 1).replace("\n", "\r\n", 1).encode(),
        TEXT.replace(",", ";").encode(),
        TEXT.replace(",", "\t").encode("utf-16"),
        TEXT.replace(",", "|").encode(),
        TEXT.replace(",", "，").encode("gb18030"),
        ("sep=;\n" + TEXT.replace(",", ";")).encode(),
    ],
)
def test_encoding_separator_and_line_ends_are_found(content) -> None:
    assert texts(content) == [["呼吸机", "V8800", "0012345"], ["除颤仪", "LP15", "𠮷-㛃"]]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_found_without_its_mark(encoding) -> None:
    content = "name,model,serial\nventilator,V8800,0012345\n".encode(encoding)
    assert texts(content) == [["ventilator", "V8800", "0012345"]]


def test_a_file_is_read_from_its_path(tmp_path) -> None:
    path = tmp_path / "devices.csv"
    path.write_bytes(TEXT.encode("gb18030"))
    table = open_table(path)
    assert ([heading.name for heading in table.headings], table.source.encoding) == (["设备名称", "型号", "出厂编号"], "gb18030")


@pytest.mark.parametrize(
    "content",
    [
        "nom,ville\nhôpital Régional,Orléans\nclinique Écoles,Créteil\n".encode("latin-1"),
        "設備名稱,型號\n呼吸機,醫療儀器公司\n".encode("big5"),
        "設備,型番\n人工呼吸器のフィルター,テスト\n".encode("shift-jis"),
        TEXT.encode()[:40] + b"\xff" + TEXT.encode()[40:],
        TEXT.encode("utf-16")[:-1],
    ],
)
def test_a_foreign_or_damaged_encoding_is_refused_and_never_guessed(content) -> None:
    with pytest.raises(Unreadable) as refusal:
        open_table(content)
    assert refusal.value.code == "file.unknown_encoding"
    assert "CSV UTF-8" in str(refusal.value)


def test_the_line_of_the_bad_byte_is_told() -> None:
    with pytest.raises(Unreadable) as refusal:
        open_table(b"a,b\n1,2\n3,\xff\xff\n")
    assert refusal.value.values == {"line": 3}


@pytest.mark.parametrize("content", ['a,b\n1,"2\n3,4\n', 'a,b\n1,"2"3\n', 'a,b\n1,"' + "x" * 200_000 + '"\n'])
def test_quotation_marks_that_do_not_add_up_are_refused_with_the_row(content) -> None:
    with pytest.raises(Unreadable) as refusal:
        list(open_table(content.encode()).rows())
    assert (refusal.value.code, refusal.value.values["row"]) == ("file.misquoted", 2)


def test_quoted_cells_may_hold_separators_and_line_ends() -> None:
    rows = list(open_table(b'name,note\nA,"one, two\r\nthree"\nB,5" probe\n').rows())
    assert [(cell.address, cell.text) for row in rows for cell in row] == [
        ("A2", "A"),
        ("B2", "one, two\nthree"),
        ("A3", "B"),
        ("B3", '5" probe'),
    ]


def test_blank_rows_count_in_addresses_but_are_no_data() -> None:
    rows = list(open_table("名称,型号\n\n,\n呼吸机,V8800\n".encode()).rows())
    assert [cell.address for row in rows for cell in row] == ["A4", "B4"]


@pytest.mark.parametrize(
    ("field", "text", "codes"),
    [
        ("1.91431E+18", "1.91431E+18", ["cell.scientific"]),
        ("#N/A", "#N/A", ["cell.error_value"]),
        ("######", "######", ["cell.error_value"]),
        ("SN１２３\u00a0", "SN123", ["text.full_width", "text.spaces"]),
        ("'=1+1", "=1+1", ["cell.apostrophe"]),
        ("'tis", "'tis", []),
        ("00012", "00012", []),
        ("914310000010100016", "914310000010100016", []),
        ("a\x00b", "", ["text.broken"]),
    ],
)
def test_what_a_cell_lost_or_hides_is_found_at_its_address(field, text, codes) -> None:
    row = next(open_table(f"序列号,型号\n{field},V8800\n".encode()).rows())
    cell = row.cells[0]
    assert (cell.address, cell.text, [finding.code for finding in cell.findings]) == ("A2", text, codes)


def test_a_large_file_is_read_row_by_row(tmp_path) -> None:
    path = tmp_path / "large.csv"
    path.write_text("name,serial\n" + "ventilator,1\n" * 50_000)
    tracemalloc.start()
    assert sum(1 for _row in open_table(path).rows()) == 50_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 << 20


cells = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zs", "Zl", "Zp"]), max_size=12).filter(
    lambda text: not text.startswith("'")
)


@settings(deadline=None)
@given(
    st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=8), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"])
)
def test_any_table_that_is_written_is_read_as_it_was(rows, encoding) -> None:
    written = io.StringIO(newline="")
    csv.writer(written).writerows([["设备名称", "型号名称", "出厂编号说明文字"], *rows])
    try:
        file = DelimitedFile(written.getvalue().encode(encoding))
    except Unreadable:  # rare characters alone are not taken for GB18030
        assert encoding == "gb18030"
        return
    assert file.separator == "," or any(separator in cell for row in rows for cell in row for separator in ";\t|，")
    if file.separator == ",":
        assert [[cell.value or "" for cell in row] for row in file.rows()][1:] == rows
