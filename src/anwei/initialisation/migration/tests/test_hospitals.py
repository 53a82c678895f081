from collections import Counter
from pathlib import Path

import pytest

from anwei.foundation.governance.standards import LEVELS
from anwei.initialisation.migration.columns import assign, recogniser
from anwei.initialisation.migration.kinds import check_hospitals
from anwei.initialisation.migration.reading import open_table
from anwei.initialisation.migration.report import Summary
from anwei.initialisation.migration.tests.ugly import workbook
from anwei.initialisation.migration.vocabulary import vocabulary

LIST = Path(__file__).parents[2] / "demo/data/hospitals_cn_20200211.csv"
NAMES = ["医院名称", "省份", "城市", "区县", "地址", "等级", "电话"]
KNOWN = vocabulary("hospital")


def check(source):
    table = open_table(source, recognise=recogniser(KNOWN))
    return list(check_hospitals(assign(table.headings, KNOWN).rows(table.rows())))


def check_rows(*rows):
    return check(workbook([NAMES, *rows]))


@pytest.fixture(scope="module")
def real():
    return check(LIST)


def notes_of(checked, code):
    return [note for row in checked for note in row.notes if note.finding.code == code]


def test_every_row_of_the_real_list_is_taken_or_held(real) -> None:
    assert len(real) == 6753
    assert [row.row for row in real] == list(range(2, 6755))
    assert all(bool(row.reasons) == (row.candidate is None) for row in real)


def test_the_real_list_repeats_forty_hospitals_and_nothing_else_is_held(real) -> None:
    repeats = notes_of(real, "row.repeats")
    assert len(repeats) == 40
    assert sum(row.candidate is None for row in real) == 40
    by_row = {row.row: row for row in real}
    for note in repeats:
        first = by_row[int(note.finding.value)].candidate
        assert first is not None
        assert first.name == note.finding.original


def test_of_the_real_names_with_brackets_every_one_is_decided_and_said(real) -> None:
    decided = {note.row for code in ("name.alias", "name.campus", "name.bracket_kept") for note in notes_of(real, code)}
    assert len(decided) == 141
    assert len(notes_of(real, "name.alias")) == 66
    assert sum(len(row.candidate.aliases) for row in real if row.candidate) == 66


def test_every_real_level_is_a_known_one_or_said_to_be_unknown(real) -> None:
    assert {row.candidate.level for row in real if row.candidate} <= {"", *LEVELS}
    unknown = Counter(note.finding.original for note in notes_of(real, "level.unknown"))
    assert unknown == {"市级": 6, "省级": 3, "社区卫生服务中心": 2, "市级机构": 1}
    assert Counter(row.candidate.level for row in real if row.candidate).most_common(4) == [
        ("", 4879),
        ("2", 751),
        ("ungraded", 322),
        ("3", 292),
    ]


def test_nearly_every_real_telephone_is_read(real) -> None:
    unreadable = notes_of(real, "phone.unreadable")
    assert len(unreadable) == 15
    assert sum(bool(row.candidate.phones) for row in real if row.candidate) > 2_740


def test_seven_real_pairs_share_an_address_and_stay_two(real) -> None:
    shared = notes_of(real, "hospital.same_address")
    assert len(shared) == 7
    by_row = {row.row: row for row in real}
    assert all(by_row[note.row].candidate and by_row[int(note.finding.value)].candidate for note in shared)


def test_every_real_hospital_is_placed(real) -> None:
    assert not notes_of(real, "hospital.not_located")
    assert all(len(row.candidate.adcode) == 6 for row in real if row.candidate)


def test_the_real_list_read_as_gb18030_workbook_or_csv_gives_the_same(real) -> None:
    assert check(LIST.read_bytes().decode().encode("gb18030")) == real


def test_a_row_becomes_a_candidate() -> None:
    (row,) = check_rows(["长治市肿瘤医院（原城区人民医院）", "山西", "长治市", "城区", "友谊街12号", "三甲", "0355-2021111/2021112"])
    assert row.candidate is not None
    assert (row.candidate.name, row.candidate.aliases, row.candidate.province) == ("长治市肿瘤医院", ("城区人民医院",), "山西省")
    assert (row.candidate.level, [str(phone) for phone in row.candidate.phones]) == ("3A", ["0355-2021111", "0355-2021112"])
    assert {note.address for note in row.notes} == {"A2", "B2", "F2", "G2"}


def test_the_same_name_in_another_city_is_another_hospital() -> None:
    assert all(row.candidate for row in check_rows(["市妇幼保健院", "湖北省", "襄阳市"], ["市妇幼保健院", "湖北省", "荆门市"]))


def test_a_repeated_row_is_held_with_the_row_it_repeats_whatever_its_width() -> None:
    _first, second = check_rows(["协和医院（东院）", "湖北省", "武汉市"], ["协和医院(东院) ", "湖北省", "武汉市"])
    assert second.candidate is None
    assert [(note.address, note.finding.code, note.finding.value) for note in second.reasons] == [("A3", "row.repeats", "2")]


def test_two_hospitals_at_one_address_are_warned_about_and_never_merged() -> None:
    first, second = check_rows(
        ["丰城市人民医院", "江西省", "宜春市", "", "东方红大街136号"], ["丰城市妇幼保健院", "江西省", "宜春市", "", "东方红大街136号"]
    )
    assert first.candidate
    assert second.candidate
    assert [(note.finding.code, note.finding.severity, note.finding.value) for note in second.notes] == [
        ("hospital.same_address", "warn", "2")
    ]


def test_an_alias_that_is_another_rows_name_is_said_in_either_order() -> None:
    for order in ([0, 1], [1, 0]):
        rows = [["红十字会医院（江北区人民医院）", "重庆市", "重庆市"], ["江北区人民医院", "重庆市", "重庆市"]]
        checked = check_rows(*(rows[place] for place in order))
        assert [note.row for note in notes_of(checked, "hospital.alias_elsewhere")] == [3]


@pytest.mark.parametrize(
    ("values", "address", "code"),
    [
        (["", "湖北省", "武汉市"], "A2", "hospital.name_missing"),
        (["协和医院", "湖北省", ""], "C2", "hospital.city_missing"),
        (["协" * 201, "湖北省", "武汉市"], "A2", "row.too_long"),
        (["协和医院", "湖北省", "武汉市", "", "#REF!"], "E2", "cell.error_value"),
        (["协和医院", "湖北省", "武汉市", "", "", "", 1.5e15], "G2", "cell.long_number"),
        (["协和医院", "湖北省", "武汉市", "", "", "", "1.39E+10"], "G2", "cell.scientific"),
    ],
)
def test_a_row_that_cannot_be_taken_is_held_with_its_cell(values, address, code) -> None:
    row = check_rows(values)[0]
    assert row.candidate is None
    assert [(note.address, note.finding.code) for note in row.reasons] == [(address, code)]


def test_an_unknown_province_or_place_is_a_warning() -> None:
    (row,) = check_rows(["Mercy Hospital", "Illinois", "Springfield"])
    assert row.candidate is not None
    assert [note.finding.code for note in row.notes] == ["hospital.province_unknown", "hospital.not_located"]


def test_a_summary_counts_every_row_and_groups_what_was_found() -> None:
    table = open_table(LIST, recognise=recogniser(KNOWN))
    summary = Summary()
    rows = sum(1 for _row in summary.count(check_hospitals(assign(table.headings, KNOWN).rows(table.rows()))))
    assert (summary.rows, summary.held, summary.taken, rows) == (6753, 40, 6713, 6753)
    first = summary.groups[0].plain()
    assert (first["code"], first["count"], first["cells"]) == ("row.repeats", 40, ["H236", "H428", "H1003", "H1097", "H1099"])
