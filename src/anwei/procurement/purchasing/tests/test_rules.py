"""Purchase rules, states by quantities, and the three-way match."""

from decimal import Decimal as D

import pytest

from anwei.procurement.purchasing.kinds import PurchaseRulesKind
from anwei.procurement.purchasing.rules import (
    Billed,
    Difference,
    LineState,
    PurchaseRules,
    amounts,
    cleared_value,
    differences,
    most_acceptable,
    state_by_receipts,
)

BODY = {
    "limit": "20000", "over_delivery_percent": "0", "price_percent": "2", "price_amount": "5", "tax_amount": "0.05",
    "checks": [{"key": "packaging", "zh": "包装", "en": "Packaging"}],
}  # fmt: skip
RULES = PurchaseRules.read(BODY)


def billed(quantity: str = "2", price: str = "1000", accepted: str = "2") -> Billed:
    return Billed("PO-1 P-1", D(quantity), D(price), D(1000), D("0.13"), D(accepted))


def test_what_agrees_within_tolerance_has_no_difference() -> None:
    assert differences([billed()], D(260), RULES) == []
    assert differences([billed(price="1020")], D("265.20"), RULES) == []  # two percent of the line
    assert differences([billed()], D("260.05"), RULES) == []


def test_every_difference_is_named_with_what_was_expected() -> None:
    assert differences([billed(price="1020.01")], D("265.20"), RULES) == [Difference("price", "PO-1 P-1", D(1000), D("1020.01"))]
    assert differences([billed(quantity="3")], D(390), RULES) == [Difference("quantity", "PO-1 P-1", D(2), D(3))]
    assert differences([billed()], D("260.06"), RULES) == [Difference("tax", "", D("260.00"), D("260.06"))]


def test_a_cheaper_invoice_beyond_tolerance_differs_too() -> None:
    assert [d.kind for d in differences([billed(price="900")], D(234), RULES)] == ["price"]


def test_small_lines_are_measured_by_the_amount() -> None:
    line = Billed("x", D(1), D("24"), D(20), D(0), D(1))
    assert differences([line], D(0), RULES) == []


@pytest.mark.parametrize(
    ("lines", "state"),
    [
        ([LineState(D(2), D(0), D(0))], "sent"),
        ([LineState(D(2), D(1), D(0))], "part_received"),
        ([LineState(D(2), D(2), D(0)), LineState(D(1), D(0), D(0))], "part_received"),
        ([LineState(D(2), D(2), D(0))], "received"),
        ([LineState(D(2), D(3), D(0))], "received"),
        ([LineState(D(2), D(2), D(2))], "sent"),
        ([LineState(D(2), D(2), D(1))], "part_received"),
    ],
)
def test_the_state_of_an_order_follows_what_came(lines: list[LineState], state: str) -> None:
    assert state_by_receipts(lines) == state


def test_amounts_are_rounded_to_the_cent() -> None:
    assert amounts(D(3), D("0.335"), D("0.13")) == (D("1.01"), D("0.13"))


def test_what_is_cleared_adds_up_to_what_came() -> None:
    first = cleared_value(value=D("100.00"), quantity=D(3), taken=D(1))
    second = cleared_value(value=D("100.00") - first, quantity=D(2), taken=D(2))
    assert (first, first + second) == (D("33.33"), D("100.00"))


def test_over_delivery_is_measured_in_percent() -> None:
    assert most_acceptable(D(10), D(0)) == 10 and most_acceptable(D(10), D(10)) == 11


@pytest.mark.parametrize(
    "changed", [{"limit": "-1"}, {"limit": 20000}, {"limit": "much"}, {"checks": []}, {"checks": [{"key": "x"}]}, {"surplus": "1"}]
)
def test_rules_with_faults_are_not_published(changed: dict[str, object]) -> None:
    faults = PurchaseRulesKind().check(BODY | changed)
    assert len(faults) == 1 and next(iter(changed)) in faults[0]
    assert PurchaseRulesKind().check(BODY) == []
