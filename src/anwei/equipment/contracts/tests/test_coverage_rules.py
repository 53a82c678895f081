from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anwei.equipment.contracts.rules import WAYS, Cover, Way, judge

ON = date(2026, 11, 24)


def cover(number: str = "C1", starts: date = date(2026, 1, 1), until: date = date(2026, 12, 31), *, way: Way = "device", parts: bool = True,
          of_owner: bool = True) -> Cover:  # fmt: skip
    return Cover(number, "武汉市第一医院", starts, until, way, parts, of_owner)


def codes(warranty: date | None, *covers: Cover) -> list[str]:
    return [ground.code for ground in judge(warranty, covers, ON).grounds]


def test_a_warranty_pays_to_its_last_day_and_not_longer() -> None:
    assert judge(ON, [], ON).answer == "warranty"
    verdict = judge(ON - timedelta(days=1), [], ON)
    assert (verdict.answer, verdict.until) == ("expired", ON - timedelta(days=1))


def test_a_contract_pays_from_its_first_to_its_last_day() -> None:
    contract = cover(starts=ON, until=ON)
    assert [judge(None, [contract], ON + timedelta(days=d)).answer for d in (-1, 0, 1)] == ["none", "contract", "expired"]


def test_a_warranty_comes_before_a_contract_which_still_says_how_fast() -> None:
    verdict = judge(date(2027, 1, 1), [cover()], ON)
    assert (verdict.answer, verdict.holds) == ("warranty", 0)
    assert [ground.code for ground in verdict.grounds] == ["warranty_holds", "contract_by_device"]


def test_the_closest_contract_counts_then_the_widest_then_the_longest() -> None:
    near, above, all_ = cover("near", parts=False), cover("above", way="parent"), cover("all", way="customer")
    wide, long = cover("wide", parts=True), cover("long", parts=True, until=date(2027, 6, 30))
    assert judge(None, [all_, above, near], ON).holds == 2
    assert judge(None, [all_, above], ON).holds == 1
    assert judge(None, [near, wide], ON).holds == 1
    assert judge(None, [wide, long], ON).holds == 1


def test_reasons_tell_of_past_and_future_contracts_too() -> None:
    past, future = cover("past", date(2025, 1, 1), date(2025, 12, 31)), cover("future", date(2027, 1, 1), date(2027, 12, 31))
    assert codes(date(2026, 3, 17), past, future) == ["warranty_ended", "contract_starts", "contract_ended"]
    assert codes(None, past, cover("now"), future) == ["contract_by_device", "contract_starts", "contract_ended", "warranty_unknown"]
    assert codes(None) == ["warranty_unknown", "no_contract"]


def test_a_contract_of_the_former_owner_pays_nothing_and_says_so() -> None:
    verdict = judge(None, [cover(of_owner=False)], ON)
    assert (verdict.answer, verdict.until, verdict.holds) == ("none", None, None)
    assert verdict.grounds[-1].code == "contract_of_other"


@pytest.mark.parametrize("way", WAYS)
def test_every_way_of_being_covered_has_its_reason(way: Way) -> None:
    assert codes(None, cover(way=way))[0] == f"contract_by_{way}"


covers = st.builds(
    lambda start, length, way, parts, mine: cover("C", start, start + timedelta(days=length), way=way, parts=parts, of_owner=mine),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 2000), st.sampled_from(WAYS), st.booleans(), st.booleans(),
)  # fmt: skip


@given(st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.lists(covers, max_size=6), st.dates(date(2019, 1, 1), date(2031, 1, 1)))
def test_an_answer_never_claims_what_no_paper_says(warranty: date | None, given_covers: list[Cover], on: date) -> None:
    verdict = judge(warranty, given_covers, on)
    holding = [c for c in given_covers if c.is_of_owner and c.starts_on <= on <= c.last_day]
    assert (verdict.answer == "warranty") == bool(warranty and on <= warranty)
    assert (verdict.holds is not None) == bool(holding)
    if verdict.answer == "contract":
        assert verdict.until is not None and verdict.until >= on
    if verdict.answer == "expired":
        assert verdict.until is not None and verdict.until < on
    assert len(verdict.grounds) >= 1 + len(given_covers)
