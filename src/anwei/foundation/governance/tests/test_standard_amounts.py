from decimal import Decimal

import pytest

from anwei.foundation.governance.standards import money, yes_no


@pytest.mark.parametrize("written", ["是", "有", "√", "Y", "True", "１", 1, 1.0, True])
def test_yes_is_read(written) -> None:
    assert yes_no(written).value is True


@pytest.mark.parametrize("written", ["否", "无", "×", "no", "0", 0, False])
def test_no_is_read(written) -> None:
    assert yes_no(written).value is False


def test_an_empty_answer_is_none() -> None:
    assert yes_no(" ").value is None


@pytest.mark.parametrize("written", ["也许", "2", 7, "是否"])
def test_what_is_neither_is_refused(written) -> None:
    result = yes_no(written, "serialised")
    assert result.value is None
    assert [(f.code, f.severity) for f in result.findings] == [("yes_no.unreadable", "reject")]


@pytest.mark.parametrize(
    ("written", "value", "currency"),
    [
        ("1234.50", "1234.50", ""),
        ("¥1,234.50", "1234.50", "CNY"),
        ("￥１２３４", "1234", "CNY"),
        ("12,345元整", "12345", "CNY"),
        ("人民币 300 元", "300", "CNY"),
        ("1.2万", "12000", ""),
        ("1.2万元", "12000", "CNY"),
        ("(1,234.00)", "-1234.00", ""),
        ("USD 300", "300", "USD"),
        ("US$1 000", "1000", "USD"),
        (12, "12", ""),
        (0.1, "0.1", ""),
        (Decimal("7.30"), "7.30", ""),
    ],
)
def test_money_is_read_exactly(written, value, currency) -> None:
    amount = money(written).value
    assert amount is not None
    assert (str(amount.value), amount.currency) == (value, currency)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("1.234,50", "money.ambiguous"),
        ("1,5", "money.ambiguous"),
        ("¥300 USD", "money.ambiguous"),
        ("面议", "money.unreadable"),
        ("1e400", "money.unreadable"),
        ("12,34", "money.ambiguous"),
        ("1,23,456", "money.unreadable"),
        (float("nan"), "money.unreadable"),
        (1e300, "money.unreadable"),
        ("=1+1", "money.unreadable"),
    ],
)
def test_what_is_no_amount_is_refused(written, code) -> None:
    result = money(written, "price")
    assert result.value is None
    assert [(f.code, f.severity) for f in result.findings] == [(code, "reject")]


def test_more_than_two_decimals_are_kept_and_said() -> None:
    result = money("0.12345")
    assert result.value is not None
    assert (str(result.value.value), [f.code for f in result.findings]) == ("0.12345", ["money.too_fine"])
