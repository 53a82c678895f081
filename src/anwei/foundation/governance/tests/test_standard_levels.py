import pytest

from anwei.foundation.governance.standards import LEVELS, hospital_level


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("三级甲等", "3A"),
        ("三甲", "3A"),
        ("综合三甲", "3A"),
        ("三甲医院", "3A"),
        ("3级甲等", "3A"),
        ("Ⅲ级甲等", "3A"),
        ("三等甲级", "3A"),
        ("三级甲等专科医院", "3A"),
        ("三级甲等妇产专科医院", "3A"),
        ("三级甲等妇幼保健院", "3A"),
        ("Grade 3A", "3A"),
        ("Class III Grade A", "3A"),
        ("三级特等", "3S"),
        ("三级乙", "3B"),
        ("三級", "3"),
        ("三级未定等", "3"),
        ("二极", "2"),
        ("二级.", "2"),
        ("二級", "2"),
        ("二/乙", "2B"),
        ("二级综合乙等", "2B"),
        ("二级甲", "2A"),
        ("二级丙等", "2C"),
        ("二级未定级", "2"),
        ("一甲\u00a0", "1A"),
        ("一级乙等", "1B"),
        ("未定级", "ungraded"),
        ("无", "ungraded"),
        ("3A", "3A"),
        ("", ""),
    ],
)
def test_a_level_is_read_in_every_spelling(written, key) -> None:
    result = hospital_level(written)
    assert result.value == key
    assert {finding.severity for finding in result.findings} <= {"repair"}


def test_the_plain_spelling_needs_no_repair() -> None:
    assert hospital_level("二级乙等") == ("2B", ())


@pytest.mark.parametrize("written", ["市级", "省级", "市级机构", "社区卫生服务中心", "一级特等", "四级", "甲等"])
def test_what_names_no_level_stays_empty_and_is_said(written) -> None:
    result = hospital_level(written)
    assert result.value == ""
    assert [(finding.code, finding.severity, finding.original) for finding in result.findings] == [("level.unknown", "warn", written)]


def test_words_that_are_not_understood_are_said() -> None:
    result = hospital_level("未定级（按二级医院管理）杨薇")
    assert (result.value, result.findings[0].code) == ("ungraded", "level.partly_read")


def test_every_level_reads_back_as_itself() -> None:
    assert [hospital_level(level).value for level in LEVELS] == list(LEVELS)


def test_every_level_has_a_name_in_both_languages_that_reads_back() -> None:
    assert [hospital_level(label.zh).value for label in LEVELS.values()] == list(LEVELS)
    assert [hospital_level(label.en).value for label in LEVELS.values()] == list(LEVELS)
