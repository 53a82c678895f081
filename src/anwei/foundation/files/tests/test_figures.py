"""Numbers on paper."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal as D

import pytest
from django.utils.translation import override

from anwei.foundation.files.paper import figures


@pytest.mark.parametrize(
    ("value", "currency", "written"),
    [("1234567.5", "CNY", "1,234,567.50"), ("-0.1", "EUR", "-0.10"), ("1200", "JPY", "1,200"), ("1E+3", "CNY", "1,000.00")],
)
def test_amounts_have_the_decimals_of_their_currency(value, currency, written) -> None:
    assert figures.amount(D(value), currency) == written


def test_an_amount_is_never_rounded_on_paper() -> None:
    with pytest.raises(ValueError, match="no amount"):
        figures.amount(D("0.125"), "CNY")


def test_a_unit_price_may_be_finer_than_its_currency() -> None:
    assert [figures.price(D(value), "CNY") for value in ("0.125", "400", "1.5")] == ["0.125", "400.00", "1.50"]


def test_a_reading_keeps_its_digits_and_a_quantity_does_not() -> None:
    assert [figures.plain(D(value)) for value in ("5.0", "1E-7", "1E+3")] == ["5.0", "0.0000001", "1000"]
    assert [figures.quantity(D(value)) for value in ("2.00", "1.50", "100", "0")] == ["2", "1.5", "100", "0"]


@pytest.mark.parametrize(
    ("low", "high", "written"),
    [("4.0", "6.0", "4.0–6.0"), (None, "0.20", "≤ 0.20"), ("47", None, "≥ 47"), (None, None, "")],
)
def test_limits(low, high, written) -> None:
    assert figures.limits(D(low) if low else None, D(high) if high else None) == written


def test_times_are_printed_in_the_zone_of_the_document() -> None:
    assert figures.moment(datetime(2026, 11, 24, 18, 5, tzinfo=UTC), "Asia/Shanghai") == "2026-11-25 02:05"


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        figures.moment(datetime(2026, 11, 24, 18, 5), "Asia/Shanghai")


@pytest.mark.parametrize(
    ("length", "chinese", "english"),
    [
        (timedelta(minutes=6, seconds=59), "6 分钟", "6 min"),
        (timedelta(hours=2, minutes=33), "2 小时 33 分钟", "2 h 33 min"),
        (timedelta(hours=47, minutes=59), "47 小时 59 分钟", "47 h 59 min"),
        (timedelta(days=3, hours=4, minutes=10), "3 天 4 小时", "3 days 4 h"),
    ],
)
def test_spans_are_told_in_both_languages(length, chinese, english) -> None:
    with override("zh-hans"):
        assert figures.span(length) == chinese
    with override("en"):
        assert figures.span(length) == english


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("180.00", "壹佰捌拾元整"),
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("107000.53", "壹拾万零柒仟元伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("10005", "壹万零伍元整"),
        ("100000000", "壹亿元整"),
        ("100000001", "壹亿零壹元整"),
        ("1000010000", "壹拾亿零壹万元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("0", "零元整"),
        ("-12", "负壹拾贰元整"),
    ],
)
def test_amounts_in_capital_figures(value, written) -> None:
    assert figures.capital(D(value)) == written


@pytest.mark.parametrize("value", ["0.001", "1E16"])
def test_what_has_no_capital_figures_is_refused(value) -> None:
    with pytest.raises(ValueError, match="capital"):
        figures.capital(D(value))
