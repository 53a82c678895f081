from decimal import Decimal
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from anwei.core.money import (
    MINOR_UNITS,
    AmountUnfit,
    CurrenciesDiffer,
    CurrencyUnknown,
    Money,
    SplitUnfit,
    Taxed,
    TaxRateUnfit,
    add_up,
    round_money,
)


def cny(amount: str) -> Money:
    """Make an amount in the currency of China."""
    return Money.of(amount, "CNY")


CENTS = st.integers(-(10**13), 10**13).map(lambda cents: Money(Decimal(cents) / 100, "CNY"))
FINE = st.decimals(-(10**11), 10**11, places=6, allow_nan=False).map(lambda amount: Money(amount, "CNY"))
CURRENCIES = st.sampled_from(["CNY", "JPY", "KWD"])
RATES = st.decimals(0, 1, places=4)


@pytest.mark.parametrize(
    "amount",
    [
        0.1,
        float("nan"),
        True,
        None,
        "12",
        *map(Decimal, ("NaN", "sNaN", "Infinity", "-Infinity", "1e400", "1e12", "-1e12", "1e-13", "1e-400")),
    ],
)
def test_what_is_no_exact_amount_within_bounds_is_refused(amount: Any) -> None:
    with pytest.raises(AmountUnfit) as caught:
        Money(amount, "CNY")
    assert caught.value.status == 422


@pytest.mark.parametrize(
    "text", ["", "abc", "1e400", "1e3", "NaN", "inf", "1,200", "1_000", "0x10", "--1", "1.", ".5", "1" * 16, "¥12", "１２e3"]
)
def test_a_text_that_is_no_plain_number_is_refused(text: str) -> None:
    with pytest.raises(AmountUnfit):
        Money.of(text, "CNY")


@pytest.mark.parametrize(
    ("text", "amount"),
    [("12.30", "12.3"), ("-0", "0"), (" 7 ", "7"), ("１２．５０", "12.5"), ("+3", "3"), ("999999999999.99", "999999999999.99")],
)
def test_a_plain_number_is_read(text: str, amount: str) -> None:
    assert Money.of(text, "CNY") == Money(Decimal(amount), "CNY")


@pytest.mark.parametrize("amount", [0.1, True, None, 1j])
def test_only_texts_and_exact_numbers_are_read(amount: Any) -> None:
    with pytest.raises(AmountUnfit):
        Money.of(amount, "CNY")


@pytest.mark.parametrize("currency", ["RMB", "cny", "", "XXX", "¥"])
def test_a_currency_off_the_list_is_refused(currency: str) -> None:
    with pytest.raises(CurrencyUnknown):
        Money(Decimal(1), currency)


def test_equal_amounts_are_equal_however_they_are_written() -> None:
    assert len({cny("1"), cny("1.00"), Money(Decimal("1E+0"), "CNY"), Money(Decimal("100E-2"), "CNY")}) == 1
    assert cny("1") != Money.of("1", "USD")


@pytest.mark.parametrize("reckon", [lambda a, b: a + b, lambda a, b: a - b, lambda a, b: a < b, lambda a, b: a >= b])
def test_two_currencies_are_never_reckoned_together(reckon: Any) -> None:
    with pytest.raises(CurrenciesDiffer):
        reckon(cny("1"), Money.of("1", "USD"))


@pytest.mark.parametrize("other", [1, Decimal(1), None])
def test_money_is_reckoned_with_money_only(other: Any) -> None:
    with pytest.raises(TypeError):
        cny("1") + other


@pytest.mark.parametrize("factor", [0.5, Decimal("NaN"), Decimal("1e400"), 10**40, True])
def test_money_is_multiplied_by_exact_numbers_only(factor: Any) -> None:
    with pytest.raises(AmountUnfit):
        cny("1") * factor


def test_a_result_out_of_bounds_is_refused_not_rounded() -> None:
    with pytest.raises(AmountUnfit):
        cny("999999999999.99") + cny("0.01")
    with pytest.raises(AmountUnfit):
        cny("0.0000000001") * Decimal("0.001")


@given(FINE, FINE)
def test_adding_is_exact(one: Money, other: Money) -> None:
    assert (one + other) - other == one
    assert one - one == Money.zero("CNY")
    assert one + -one == Money.zero("CNY")


@pytest.mark.parametrize(
    ("amount", "currency", "rounded"),
    [
        ("0.005", "CNY", "0.01"),
        ("-0.005", "CNY", "-0.01"),
        ("0.0049999", "CNY", "0"),
        ("2.675", "CNY", "2.68"),
        ("0.5", "JPY", "1"),
        ("1.4999", "JPY", "1"),
        ("1.0005", "KWD", "1.001"),
    ],
)
def test_halves_are_rounded_away_from_zero_to_the_minor_unit(amount: str, currency: str, rounded: str) -> None:
    assert round_money(Money.of(amount, currency)) == Money.of(rounded, currency)


def test_the_minor_units_are_those_of_the_standard() -> None:
    assert {code: MINOR_UNITS[code] for code in ("CNY", "JPY", "KWD", "EUR", "TND", "VND")} == {
        "CNY": 2,
        "JPY": 0,
        "KWD": 3,
        "EUR": 2,
        "TND": 3,
        "VND": 0,
    }
    assert all(len(code) == 3 and code.isupper() for code in MINOR_UNITS)


@given(FINE)
def test_rounding_moves_by_half_a_cent_at_most_and_only_once(money: Money) -> None:
    rounded = round_money(money)
    assert abs(rounded - money) <= cny("0.005")
    assert round_money(rounded) == rounded


@given(CENTS, st.integers(1, 50))
def test_equal_parts_add_up_and_differ_by_a_cent_at_most(money: Money, count: int) -> None:
    parts = money.split(count)
    assert len(parts) == count
    assert add_up(parts, "CNY") == money
    assert max(parts) - min(parts) <= cny("0.01")


@given(CENTS, st.lists(st.decimals(0, 10**6, places=4), min_size=1, max_size=8).filter(any))
def test_weighted_parts_add_up_and_lie_within_a_cent_of_their_share(money: Money, weights: list[Decimal]) -> None:
    parts = money.split(weights)
    assert add_up(parts, "CNY") == money
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part.amount * sum(weights) - money.amount * weight) < Decimal("0.01") * sum(weights)
        assert weight or not part


@pytest.mark.parametrize(
    ("money", "parts", "expected"),
    [
        (cny("100"), 3, ["33.34", "33.33", "33.33"]),
        (cny("-0.05"), 2, ["-0.03", "-0.02"]),
        (cny("0.01"), [1, 1, 2], ["0", "0", "0.01"]),
        (cny("10"), [0, 1], ["0", "10"]),
        (Money.of("100", "JPY"), 3, ["34", "33", "33"]),
    ],
)
def test_left_over_cents_go_to_the_largest_remainder_first_part_first(money: Money, parts: Any, expected: list[str]) -> None:
    assert money.split(parts) == tuple(Money.of(each, money.currency) for each in expected)


@pytest.mark.parametrize("parts", [0, -1, [], [0, 0], [1, -1], [0.5, 0.5], [Decimal("NaN")], 10**9, [True]])
def test_a_split_that_cannot_come_out_is_refused(parts: Any) -> None:
    with pytest.raises(SplitUnfit):
        cny("10").split(parts)


def test_fractions_of_a_cent_are_not_split() -> None:
    with pytest.raises(SplitUnfit):
        cny("0.005").split(2)


@given(CENTS, RATES)
def test_net_and_tax_are_gross_whichever_way_it_is_reckoned(money: Money, rate: Decimal) -> None:
    for price in (Taxed.from_net(money * Decimal("0.4"), rate), Taxed.from_gross(money, rate)):
        assert price.net + price.tax == price.gross
        assert round_money(price.tax) == price.tax
    assert Taxed.from_gross(money, rate).gross == money


@given(CENTS, RATES)
def test_the_tax_from_gross_is_right_to_the_cent(money: Money, rate: Decimal) -> None:
    price = Taxed.from_gross(money, rate)
    assert abs(price.net.amount * (1 + rate) - money.amount) <= Decimal("0.005") * (1 + rate)


def test_the_common_rates_of_china() -> None:
    assert Taxed.from_net(cny("2000"), Decimal("0.13")).gross == cny("2260")
    price = Taxed.from_gross(cny("100"), Decimal("0.06"))
    assert (price.net, price.tax) == (cny("94.34"), cny("5.66"))


@pytest.mark.parametrize("rate", [0.13, Decimal("13"), Decimal("-0.01"), Decimal("NaN"), None])
def test_what_is_no_tax_rate_is_refused(rate: Any) -> None:
    for reckon in (Taxed.from_net, Taxed.from_gross):
        with pytest.raises(TaxRateUnfit) as caught:
            reckon(cny("100"), rate)
        assert "%%" not in str(caught.value)


@pytest.mark.parametrize(
    ("amount", "currency", "chinese", "english"),
    [
        ("1234.5", "CNY", "¥1,234.50", "CN¥1,234.50"),
        ("-1234.5", "CNY", "-¥1,234.50", "-CN¥1,234.50"),
        ("0", "CNY", "¥0.00", "CN¥0.00"),
        ("1234.5678", "CNY", "¥1,234.5678", "CN¥1,234.5678"),
        ("1234567", "JPY", "JP¥1,234,567", "¥1,234,567"),
        ("1.5", "KWD", "KWD 1.500", "KWD 1.500"),
        ("100", "USD", "US$100.00", "US$100.00"),
    ],
)
def test_money_is_written_as_the_language_does(amount: str, currency: str, chinese: str, english: str) -> None:
    with override("zh-hans"):
        assert str(Money.of(amount, currency)) == chinese
    with override("en"):
        assert str(Money.of(amount, currency)) == english
