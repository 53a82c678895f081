import pytest

from anwei.initialisation.migration.columns import Ground, assign, recogniser
from anwei.initialisation.migration.reading import Heading, open_table
from anwei.initialisation.migration.tests.ugly import workbook
from anwei.initialisation.migration.vocabulary import kinds, vocabulary


def headings(*names):
    return [Heading(column, names if isinstance(names, tuple) else (names,)) for column, names in enumerate(names, 1)]


@pytest.mark.parametrize("kind", kinds())
def test_no_name_stands_for_two_fields_of_a_kind(kind) -> None:
    named = vocabulary(kind).named()
    for target in vocabulary(kind).targets:
        assert set(assign(headings(*target.names), vocabulary(kind)).fields()) == {target.key}
    assert set(named.values()) == {target.key for target in vocabulary(kind).targets}


@pytest.mark.parametrize(
    ("name", "field", "ground"),
    [
        ("出厂编号", "serial", "exact"),
        ("序列号（必填）", "serial", "exact"),
        ("*序列号", "serial", "exact"),
        ("S/N", "serial", "exact"),
        ("Serial Number", "serial", "exact"),
        ("serialNumber", "serial", "exact"),
        ("WarrantyEnd", "warranty_end", "exact"),
        ("WarrantyUntil", "warranty_end", "exact"),
        ("生产厂家", "maker", "exact"),
        ("设备出厂编号", "serial", "similar"),
        ("Purchased date", "purchased_on", "similar"),
        ("采购时间", "purchased_on", "exact"),
        ("备注", "", "unknown"),
        ("保修状态", "", "unknown"),
        (("维保信息", "开始"), "warranty_start", "similar"),
        (("设备信息", "序列号"), "serial", "exact"),
        (("型号", "Model"), "model", "exact"),
    ],
)
def test_a_column_is_recognised_by_its_name(name, field, ground) -> None:
    (column,) = assign(headings(name), vocabulary("device")).columns
    assert (column.field, column.ground) == (field, ground)
    assert (column.confidence >= 0.9) == (ground == "exact")


def test_of_two_columns_for_one_field_the_surer_wins_and_the_other_is_listed() -> None:
    assignment = assign(headings("设备出厂编号", "序列号", "出厂编号", "备注"), vocabulary("device"))
    assert assignment.fields()["serial"].heading.name == "序列号"
    assert [(column.heading.name, column.ground) for column in assignment.unmapped] == [
        ("设备出厂编号", Ground.TAKEN),
        ("出厂编号", Ground.TAKEN),
        ("备注", Ground.UNKNOWN),
    ]


def test_every_column_is_mapped_or_listed_and_missing_fields_are_told() -> None:
    assignment = assign(headings("型号", "备注", "旧系统内码"), vocabulary("device"))
    assert {column.heading.column for column in assignment.columns} == {1, 2, 3}
    assert [column.heading.name for column in assignment.unmapped] == ["备注", "旧系统内码"]
    assert assignment.missing == ("serial", "hospital")


def test_a_choice_is_not_questioned() -> None:
    assignment = assign(headings("序列号", "旧系统内码", "型号"), vocabulary("device"), {"旧系统内码": "serial", "型号": ""})
    assert {field: column.heading.name for field, column in assignment.fields().items()} == {"serial": "旧系统内码"}
    assert [(column.heading.name, column.ground) for column in assignment.unmapped] == [("序列号", Ground.TAKEN), ("型号", Ground.UNKNOWN)]


def test_rows_are_given_by_field_with_addresses_and_findings_under_the_fields_names() -> None:
    table = open_table(
        workbook([["台账"], ["型号", "备注", "序列号"], ["V8800", "x", "12\u00a0"]]), recognise=recogniser(vocabulary("device"))
    )
    (row,) = assign(table.headings, vocabulary("device")).rows(table.rows())
    assert (row.number, row.text("serial"), row.address("serial"), row.text("hospital"), row.address("hospital")) == (
        3,
        "12",
        "C3",
        "",
        "3",
    )
    assert [(finding.field, finding.code) for finding in row.findings()] == [("serial", "text.spaces")]


def test_a_kind_without_vocabulary_is_refused() -> None:
    with pytest.raises(KeyError):
        vocabulary("../columns")
