"""Whether a value is within its limits: examples from the standards, and what must hold for every value."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anwei.workorders.visits.rules import FAIL, PASS, RECORD, Limits, asks_nominal, limits_of, verdict

values = st.decimals(min_value=-(10**6), max_value=10**6, places=3)
shares = st.decimals(min_value=0, max_value=100, places=2)


@pytest.mark.parametrize(
    ("limit", "low", "high"),
    [
        ({"kind": "max", "max": 500}, None, 500),
        ({"kind": "min", "min": 2}, 2, None),
        ({"kind": "range", "min": 48, "max": 52}, 48, 52),
        ({"kind": "tolerance", "pct": 15, "nominal": 500}, 425, 575),
        ({"kind": "tolerance", "abs": 5, "nominal": 21}, 16, 26),
        ({"kind": "tolerance", "abs": 3, "pct": 15, "nominal": 10}, 7, 13),  # the greater counts
        ({"kind": "tolerance", "abs": 3, "pct": 15, "nominal": 100}, 85, 115),
    ],
)
def test_limits_of_the_shipped_kinds(limit: dict[str, object], low: int | None, high: int | None) -> None:
    assert limits_of(limit) == Limits(*(None if end is None else Decimal(end) for end in (low, high)))


def test_the_makers_manual_and_an_unset_value_give_no_limits() -> None:
    assert limits_of({"kind": "maker"}) is None and limits_of(None) is None
    needs = {"kind": "tolerance", "pct": 20, "nominal": "set_value"}
    assert asks_nominal(needs) and limits_of(needs) is None
    assert limits_of(needs, nominal=Decimal(50)) == Limits(Decimal(40), Decimal(60))


def test_an_unknown_kind_of_limit_is_no_silent_pass() -> None:
    with pytest.raises(ValueError, match="unknown kind"):
        limits_of({"kind": "guess", "nominal": 3})


@given(low=values, high=values, value=values)
def test_a_value_passes_exactly_between_its_ends(low: Decimal, high: Decimal, value: Decimal) -> None:
    assert (verdict(value, Limits(low, high)) == PASS) == (low <= value <= high)


@given(end=values)
def test_the_ends_themselves_pass_and_the_next_value_outside_fails(end: Decimal) -> None:
    step = Decimal("0.000001")
    assert verdict(end, Limits(end, None)) == verdict(end, Limits(None, end)) == PASS
    assert verdict(end - step, Limits(end, None)) == verdict(end + step, Limits(None, end)) == FAIL


@given(value=values)
def test_without_limits_a_value_is_only_recorded(value: Decimal) -> None:
    assert verdict(value, None) == RECORD


@given(nominal=values, absolute=shares, percent=shares)
def test_a_tolerance_lies_evenly_about_its_nominal_and_holds_it(nominal: Decimal, absolute: Decimal, percent: Decimal) -> None:
    limits = limits_of({"kind": "tolerance", "abs": str(absolute), "pct": str(percent), "nominal": str(nominal)})
    assert limits is not None and limits.low is not None and limits.high is not None
    assert nominal - limits.low == limits.high - nominal >= absolute
    assert verdict(nominal, limits) == PASS


@given(nominal=values, percent=shares, more=shares)
def test_a_wider_tolerance_never_fails_what_a_narrower_one_passed(nominal: Decimal, percent: Decimal, more: Decimal) -> None:
    narrow, wide = (limits_of({"kind": "tolerance", "pct": str(p), "nominal": str(nominal)}) for p in (percent, percent + more))
    assert narrow is not None and narrow.high is not None
    assert verdict(narrow.high, wide) == PASS
