import random
import resource
import time

import pytest

from anwei.initialisation.migration.reading import Limits, Unreadable, open_table
from anwei.initialisation.migration.tests.ugly import claiming, compound, old_workbook, patched, record, with_part, workbook

SHEET = "xl/worksheets/sheet1.xml"
MEGABYTE = b"<row/>" * 180_000


def far_cell(book, sheet) -> None:
    sheet.write("XFD1048576", "far")


def far_cell_without_reference_in_a_far_row(sheet: bytes) -> bytes:
    return sheet.replace(b"</sheetData>", b'<row r="1048576">' + b"<c><v>1</v></c>" * 16_384 + b"</row></sheetData>")


def bomb() -> bytes:
    return patched(workbook(), SHEET, lambda sheet: sheet.replace(b"</sheetData>", MEGABYTE * 40 + b"</sheetData>"))


HOSTILE = [
    pytest.param(bomb, "file.unpacks_too_large", id="a zip bomb"),
    pytest.param(lambda: claiming(bomb(), SHEET, 1), "file.unpacks_too_large", id="a zip bomb whose directory lies"),
    pytest.param(
        lambda: claiming(with_part(workbook(), "xl/media/image1.png", b"GIF8" * 9_999), "xl/media/image1.png", 3 << 30),
        "file.unpacks_too_large",
        id="a part that claims gigabytes",
    ),
    pytest.param(
        lambda: with_part(workbook(), "xl/sharedStrings2.xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"), "file.hostile", id="entities"
    ),
    pytest.param(lambda: patched(workbook(), "xl/workbook.xml", lambda part: b"<!DOCTYPE x>" + part), "file.hostile", id="a document type"),
    pytest.param(
        lambda: patched(workbook(), SHEET, lambda part: part.decode().encode("utf-16")), "file.hostile", id="a sheet in another encoding"
    ),
    pytest.param(lambda: workbook(fill=far_cell), "file.too_many_cells", id="two corner cells"),
    pytest.param(
        lambda: patched(workbook(), SHEET, far_cell_without_reference_in_a_far_row),
        "file.too_many_cells",
        id="a far row without references",
    ),
    pytest.param(
        lambda: patched(workbook(fill=far_cell), SHEET, lambda p: p.replace(b'r="XFD', b'x=">" r="XFD')),
        "file.hostile",
        id="a hidden reference",
    ),
    pytest.param(lambda: with_part(workbook(), "xl/vbaProject.bin", b"x"), "file.macros", id="macros"),
    pytest.param(
        lambda: with_part(workbook(), SHEET, b"<x/>"),
        "file.hostile",
        id="the same part twice",
        marks=pytest.mark.filterwarnings("ignore:Duplicate name"),
    ),
    pytest.param(lambda: compound({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}), "file.locked", id="locked"),
    pytest.param(lambda: old_workbook(globals_=record(0x002F, bytes(6))), "file.locked", id="an old one locked"),
    pytest.param(
        lambda: old_workbook(sheet=record(0x0200, b"\0\0\0\0\xff\xff\xff\x7f\0\0\xff\xff\0\0")),
        "file.damaged",
        id="an old one with a lying dimension",
    ),
    pytest.param(
        lambda: old_workbook(sheet=record(0x0203, b"\xff\xff\xff\x00" + bytes(10)) * 2),
        "file.too_many_cells",
        id="an old one with a far cell",
    ),
    pytest.param(lambda: old_workbook(globals_=record(0x0085, b"")), "file.damaged", id="an old one whose reader panics"),
    pytest.param(lambda: _looped(old_workbook()), "file.damaged", id="an old one that runs in a circle"),
    pytest.param(lambda: compound({"WordDocument": b"x"}), "file.not_a_table", id="a text document"),
    pytest.param(lambda: workbook()[:2000], "file.damaged", id="cut off"),
    pytest.param(lambda: old_workbook()[:1600], "file.damaged", id="an old one cut off"),
    pytest.param(lambda: b"PK\x03\x04" + bytes(500), "file.damaged", id="zeros"),
    pytest.param(lambda: b"<html><table><tr><td>1</td></tr></table></html>", "file.not_a_table", id="a web page"),
    pytest.param(lambda: "\ufeff<table>设备</table>".encode(), "file.not_a_table", id="a web page with a mark"),
    pytest.param(lambda: b"%PDF-1.7 ...", "file.not_a_table", id="a PDF document"),
    pytest.param(lambda: b"", "file.empty", id="nothing"),
    pytest.param(lambda: b"  \n \n", "file.no_header", id="only blanks"),
]


def _looped(content: bytes) -> bytes:
    """Let the chain of the workbook's stream end where it began."""
    table = bytearray(content)
    last = content.index(b"\xfe\xff\xff\xff", 512 + 8)
    table[last : last + 4] = (2).to_bytes(4, "little")
    return bytes(table)


@pytest.mark.parametrize(("make", "code"), HOSTILE)
def test_a_hostile_or_broken_file_is_refused_quickly_and_said(make, code) -> None:
    content = make()
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    with pytest.raises(Unreadable) as refusal:
        open_table(content)
    assert refusal.value.code == code
    assert "%(" not in str(refusal.value)
    assert time.monotonic() - start < 5
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 * 1024


def test_a_lying_dimension_costs_nothing() -> None:
    content = patched(workbook(), SHEET, lambda sheet: sheet.replace(b'<dimension ref="A1:D3"/>', b'<dimension ref="A1:XFD1048576"/>'))
    assert b"XFD" not in content
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert len(list(open_table(content).rows())) == 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 1024


def test_a_file_above_the_limit_is_refused_by_its_size_alone(tmp_path) -> None:
    path = tmp_path / "large.csv"
    path.write_bytes(b"a,b\n" * 1_000_000)
    with pytest.raises(Unreadable) as refusal:
        open_table(path, limits=Limits(file_bytes=1 << 20))
    assert (refusal.value.code, refusal.value.values) == ("file.too_large", {"megabytes": 4, "limit": 1})


@pytest.mark.parametrize("make", [old_workbook, workbook])
def test_a_workbook_with_wrong_bytes_is_read_or_refused_and_nothing_else(make) -> None:
    whole, chance = make(), random.Random(7)
    for _attempt in range(150):
        content = bytearray(whole)
        for _byte in range(chance.choice([1, 4, 16])):
            content[chance.randrange(len(content))] = chance.randrange(256)
        try:
            list(open_table(bytes(content)).rows())
        except Unreadable as refusal:
            assert str(refusal)
