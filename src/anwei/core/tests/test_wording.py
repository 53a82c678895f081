"""Times and amounts read the same everywhere."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import translation

from anwei.core.money import Money
from anwei.core.translations import compile_catalogues
from anwei.core.wording import left, money, number, when, when_near

TODAY = dt.date(2026, 11, 24)


@pytest.fixture
def chinese(settings):
    from pathlib import Path

    import anwei

    compile_catalogues(Path(anwei.__file__).parent)
    with translation.override("zh-hans"):
        yield


def moment(year, month, day, hour, minute):
    return dt.datetime(year, month, day, hour, minute, tzinfo=dt.UTC)


def test_a_moment_is_written_in_the_time_of_the_place() -> None:
    assert when(moment(2026, 11, 24, 6, 30)) == "2026-11-24 14:30"
    assert when(moment(2026, 12, 31, 16, 5)) == "2027-01-01 00:05"
    assert when(TODAY) == "2026-11-24"
    assert when(None) == ""


def test_a_near_moment_leaves_out_what_is_plain() -> None:
    assert when_near(moment(2026, 11, 24, 6, 30), TODAY) == "14:30"
    assert when_near(moment(2026, 11, 20, 1, 0), TODAY) == "11-20 09:00"
    assert when_near(moment(2025, 11, 20, 1, 0), TODAY) == "2025-11-20 09:00"
    assert when_near(None, TODAY) == ""


MINUTES = [
    (21, "21 min left", "剩 21 分"),
    (120, "2 h left", "剩 2 小时"),
    (130, "2 h 10 min left", "剩 2 小时 10 分"),
    (545, "9 h 5 min left", "剩 9 小时 05 分"),
    (1680, "1 d 4 h left", "剩 1 天 4 小时"),
    (2880, "2 d left", "剩 2 天"),
    (0, "0 min left", "剩 0 分"),
    (-35, "35 min over", "超 35 分"),
]


@pytest.mark.parametrize(("minutes", "english", "zh"), MINUTES)
def test_time_left_is_said_in_words(minutes, english, zh, chinese) -> None:
    assert left(minutes) == zh
    with translation.override("en"):
        assert left(minutes) == english


def test_an_amount_shows_its_thousands_and_its_currency(chinese) -> None:
    assert money(Decimal("1860")) == "1,860.00"
    assert money(Decimal("-180.5"), "CNY") == "-180.50 元"
    assert money(Decimal("5"), "USD") == "USD 5.00"
    assert money(Money(Decimal("2550"), "CNY")) == "2,550.00 元"
    assert money(None) == ""
    assert number(Decimal("12345.678"), 1) == "12,345.7"


def test_an_amount_is_never_a_float() -> None:
    with pytest.raises(TypeError):
        money(1.5)
