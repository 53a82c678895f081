from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anwei.foundation.governance.standards import Epoch, calendar_date

FIFTH_OF_MARCH = date(2024, 3, 5)


TEXTS = [
    "2024-03-05",
    "2024/3/5",
    "2024.3.5",
    "2024.03.05",
    "2024年3月5日",
    "2024年03月05号",
    "2024 年 3 月 5 日",
    "20240305",
    "民国113年3月5日",
    "２０２４．３．５",
    "2024-03-05 00:00:00",
    "2024-03-05T14:30",
    "2024年3月5日14时30分",
]


@pytest.mark.parametrize("written", [*TEXTS, 45356, 45356.0, 45356.6, datetime.combine(FIFTH_OF_MARCH, time()), FIFTH_OF_MARCH])
def test_a_day_is_read_in_every_way_it_is_written(written) -> None:
    result = calendar_date(written)
    assert result.value == FIFTH_OF_MARCH
    assert {finding.severity for finding in result.findings} <= {"repair"}


def test_the_standard_form_needs_no_repair_and_every_other_form_says_so() -> None:
    assert calendar_date("2024-03-05").findings == ()
    assert [f.code for f in calendar_date("2024.3.5").findings] == ["date.rewritten"]
    assert [f.code for f in calendar_date("2024-03-05 14:30").findings] == ["date.time_dropped"]
    assert [f.code for f in calendar_date(45356).findings] == ["date.serial"]


@pytest.mark.parametrize(
    ("written", "day"), [("25/03/2024", date(2024, 3, 25)), ("03/25/2024", date(2024, 3, 25)), ("05.05.2024", date(2024, 5, 5))]
)
def test_a_year_at_the_end_is_read_where_only_one_reading_exists(written, day) -> None:
    assert calendar_date(written).value == day


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2024-02-30", "date.impossible"),
        ("2099-02-30", "date.impossible"),
        ("20241301", "date.impossible"),
        ("2023年2月29日", "date.impossible"),
        (60, "date.impossible"),
        ("03/05/2024", "date.ambiguous"),
        ("24-03-05", "date.ambiguous"),
        ("3.5", "date.ambiguous"),
        ("2024年3月", "date.incomplete"),
        ("2024", "date.incomplete"),
        ("1900-02-28", "date.far_away"),
        (date(1900, 2, 28), "date.far_away"),
        ("2999-01-01", "date.far_away"),
        ("九月", "date.unreadable"),
        (-5.0, "date.unreadable"),
        (1e300, "date.unreadable"),
        (float("nan"), "date.unreadable"),
    ],
)
def test_what_is_no_day_or_two_days_is_refused(written, code) -> None:
    result = calendar_date(written, "installed")
    assert result.value is None
    assert [(f.code, f.severity, f.field) for f in result.findings] == [(code, "reject", "installed")]


def test_the_two_epochs_differ_by_four_years_and_a_day() -> None:
    assert calendar_date(45356 - 1462, epoch=Epoch.MAC_1904).value == FIFTH_OF_MARCH


@given(st.dates(date(1949, 1, 1), date(2100, 12, 31)), st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d"]))
def test_every_day_reads_back_from_every_form(day, form) -> None:
    assert calendar_date(day.strftime(form)).value == day


@given(st.dates(date(1949, 1, 1), date(2100, 12, 31)))
def test_every_serial_reads_back(day) -> None:
    assert calendar_date((day - date(1899, 12, 30)) // timedelta(days=1)).value == day
