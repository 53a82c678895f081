from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anwei.core.quantities import Quantity, QuantityNotPositive, QuantityUnfit, UnitsDiffer, UnitUnfit

AMOUNTS = st.decimals(-(10**11), 10**11, places=6).map(lambda amount: Quantity(amount, "m"))


@pytest.mark.parametrize(
    "amount",
    [0.1, Decimal("NaN"), Decimal("Infinity"), Decimal("1e400"), Decimal("1e12"), Decimal("-1e12"), Decimal("0.0000001"), True, None, "3"],
)
def test_what_is_no_exact_amount_within_bounds_is_refused(amount: Any) -> None:
    with pytest.raises(QuantityUnfit):
        Quantity(amount, "m")


@pytest.mark.parametrize("text", ["", "1e3", "1e400", "NaN", "1,5", "0.0000001", "1_0", "- 1"])
def test_a_text_that_is_no_quantity_is_refused(text: str) -> None:
    with pytest.raises(QuantityUnfit):
        Quantity.of(text, "m")


def test_full_width_digits_are_read() -> None:
    assert Quantity.of("２．５", "m") == Quantity(Decimal("2.5"), "m")


@pytest.mark.parametrize("unit", ["", " ", " m", "m\n", "m\x00", "x" * 21])
def test_what_is_no_unit_is_refused(unit: str) -> None:
    with pytest.raises(UnitUnfit):
        Quantity(Decimal(1), unit)


@pytest.mark.parametrize("reckon", [lambda a, b: a + b, lambda a, b: a - b, lambda a, b: a < b, lambda a, b: a >= b])
def test_two_units_are_never_reckoned_together(reckon: Any) -> None:
    with pytest.raises(UnitsDiffer):
        reckon(Quantity.of(1, "m"), Quantity.of(1, "个"))


@pytest.mark.parametrize("other", [1, Decimal(1), None])
def test_a_quantity_is_reckoned_with_quantities_only(other: Any) -> None:
    with pytest.raises(TypeError):
        Quantity.of(1, "m") - other


@pytest.mark.parametrize("amount", ["0", "-0", "-1", "-0.000001"])
def test_where_something_moves_it_must_be_more_than_nothing(amount: str) -> None:
    with pytest.raises(QuantityNotPositive):
        Quantity.of(amount, "m").positive()


def test_a_positive_quantity_is_itself() -> None:
    assert Quantity.of("0.000001", "m").positive() == Quantity.of("0.0000010", "m")


@given(AMOUNTS, AMOUNTS)
def test_adding_is_exact(one: Quantity, other: Quantity) -> None:
    assert (one + other) - other == one
    assert not one - one


def test_multiplying_is_exact_or_refused() -> None:
    assert Quantity.of("1.5", "m") * 3 == Quantity.of("4.5", "m")
    with pytest.raises(QuantityUnfit):
        Quantity.of("0.000001", "m") * Decimal("0.1")
    with pytest.raises(QuantityUnfit):
        Quantity.of("1", "m") * 0.5  # type: ignore[operator]


def test_it_is_written_plainly_with_its_unit() -> None:
    assert str(Quantity(Decimal("1E+3"), "个")) == "1,000 个"
    assert str(Quantity.of("-2.50", "m")) == "-2.5 m"
