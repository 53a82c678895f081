from decimal import Decimal, Inexact

import pytest

from anwei.core.exact import exactly, read_decimal, tidy


def test_what_would_have_to_be_rounded_is_refused() -> None:
    with exactly(), pytest.raises(Inexact):
        Decimal(1) / 3


@pytest.mark.parametrize(("given", "plain"), [("1E+3", "1000"), ("1.500", "1.5"), ("-0.00", "0"), ("0E-9", "0"), ("12", "12")])
def test_a_number_is_written_plainly(given: str, plain: str) -> None:
    assert str(tidy(Decimal(given))) == plain


def test_only_exact_numbers_are_read() -> None:
    assert read_decimal("12.50") == Decimal("12.5")
    assert read_decimal(7) == Decimal(7)
    assert read_decimal("7e2") is None
    assert read_decimal(0.5) is None  # type: ignore[arg-type]
