"""Who pays by rule, what a line costs, how sums split."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anwei.finance.settlement.models import SettlementLine
from anwei.finance.settlement.queries import split_by_payer, total_of
from anwei.finance.settlement.rules import Cover, counted_hours, payer_of, priced

QUANTITY = st.decimals(min_value=0, max_value=10_000, places=3)
PRICE = st.decimals(min_value=0, max_value=1_000_000, places=2)
RATE = st.sampled_from([Decimal(0), Decimal("0.03"), Decimal("0.06"), Decimal("0.13")])
PAYER = st.sampled_from(SettlementLine.Payer.values)


@pytest.mark.parametrize(
    ("kind", "cover", "group", "payer", "reason"),
    [
        ("part", Cover("warranty"), "", "maker", "warranty"),
        ("labour", Cover("contract", labour=True), "", "contract", "contract_covers"),
        ("travel", Cover("contract", labour=True), "", "hospital", "contract_leaves_out"),
        ("part", Cover("contract", parts=True, excluded_groups=("probe",)), "probe", "hospital", "part_excluded"),
        ("part", Cover("contract", parts=True, excluded_groups=("probe",)), "board", "contract", "contract_covers"),
        ("labour", Cover("expired"), "", "hospital", "cover_expired"),
        ("labour", Cover("none"), "", "hospital", "cover_none"),
        ("labour", Cover("unknown"), "", "open", "cover_unknown"),
    ],
)
def test_the_rule_names_who_pays_and_why(kind: str, cover: Cover, group: str, payer: str, reason: str) -> None:
    found = payer_of(kind, cover, part_group=group)
    assert (found.payer, found.reason) == (payer, reason)


@pytest.mark.parametrize(("minutes", "hours"), [(0, "2"), (120, "2"), (121, "2.5"), (150, "2.5"), (151, "3"), (480, "8")])
def test_work_counts_two_hours_at_least_and_then_in_half_hours(minutes: int, hours: str) -> None:
    assert counted_hours(minutes) == Decimal(hours)


def test_half_a_cent_is_rounded_away_from_zero() -> None:
    cost = priced(Decimal("0.5"), Decimal("0.01"), Decimal("0.13"), "CNY")
    assert (cost.net.amount, cost.tax.amount, cost.gross.amount) == (Decimal("0.01"), Decimal(0), Decimal("0.01"))


@given(QUANTITY, PRICE, RATE)
def test_net_and_tax_of_a_line_add_up_to_its_gross_in_whole_cents(quantity: Decimal, price: Decimal, rate: Decimal) -> None:
    cost = priced(quantity, price, rate, "CNY")
    assert cost.net.amount + cost.tax.amount == cost.gross.amount
    assert all(each.amount == round(each.amount, 2) for each in (cost.net, cost.tax, cost.gross))
    assert abs(cost.net.amount - quantity * price) <= Decimal("0.005")


@given(st.lists(st.tuples(QUANTITY, PRICE, RATE, PAYER), max_size=12))
def test_what_the_payers_pay_is_what_the_lines_cost(rows: list[tuple[Decimal, Decimal, Decimal, str]]) -> None:
    lines = []
    for quantity, price, rate, payer in rows:
        cost = priced(quantity, price, rate, "CNY")
        lines.append(SettlementLine(payer=payer, net=cost.net.amount, tax=cost.tax.amount, gross=cost.gross.amount))
    total, split = total_of(lines, "CNY"), split_by_payer(lines, "CNY")
    for part in ("net", "tax", "gross"):
        whole = sum((getattr(line, part) for line in lines), Decimal(0))
        assert getattr(total, part) == whole == sum((getattr(s, part) for s in split), Decimal(0))
    assert {s.payer for s in split} == {line.payer for line in lines}
