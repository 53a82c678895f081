from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anwei.core.flow import FactUnfit
from anwei.core.flow.conditions import AllOf, AnyOf, Comparison, Not
from anwei.core.tests.flows import with_condition


def is_open(expression: dict[str, Any], facts: dict[str, Any]) -> bool:
    """Tell whether a step with this condition is open."""
    (step, *_others) = with_condition(expression).next_steps(state="new", roles=["clerk"], facts=facts)
    return step.is_open


@pytest.mark.parametrize(
    ("expression", "facts", "expected"),
    [
        ({"fact": "known", "is": True}, {"known": True}, True),
        ({"fact": "known", "is": True}, {"known": False}, False),
        ({"fact": "known", "is": False}, {"known": False}, True),
        ({"fact": "harm", "is": "none"}, {"harm": "none"}, True),
        ({"fact": "harm", "in": ["none", "unclear"]}, {"harm": "unclear"}, True),
        ({"fact": "harm", "in": ["none"]}, {"harm": "unclear"}, False),
        ({"fact": "level", "is": 3}, {"level": Decimal("3.0")}, True),
        ({"fact": "level", "at_least": 3}, {"level": 3}, True),
        ({"fact": "level", "above": 3}, {"level": 3}, False),
        ({"fact": "level", "at_most": 0.1}, {"level": Decimal("0.1")}, True),
        ({"fact": "level", "below": 0.1}, {"level": Decimal("0.1")}, False),
        ({"not": {"fact": "known", "is": True}}, {"known": False}, True),
        ({"any": [{"fact": "known", "is": True}, {"fact": "level", "at_least": 3}]}, {"known": False, "level": 4}, True),
        ({"all": [{"fact": "known", "is": True}, {"fact": "level", "at_least": 3}]}, {"known": False, "level": 4}, False),
    ],
)
def test_a_condition_is_judged_by_the_facts(expression: dict[str, Any], facts: dict[str, Any], expected: bool) -> None:
    assert is_open(expression, facts) is expected


@pytest.mark.parametrize("facts", [{}, {"known": None}])
@pytest.mark.parametrize(
    "expression",
    [
        {"fact": "known", "is": True},
        {"fact": "known", "is": False},
        {"not": {"fact": "known", "is": True}},
        {"not": {"all": [{"fact": "known", "is": True}]}},
        {"all": [{"fact": "known", "is": True}]},
        {"any": [{"fact": "known", "is": True}]},
    ],
)
def test_a_fact_that_is_not_known_opens_nothing(expression: dict[str, Any], facts: dict[str, Any]) -> None:
    assert not is_open(expression, facts)


def test_one_yes_is_enough_for_any_even_beside_the_unknown() -> None:
    assert is_open({"any": [{"fact": "known", "is": True}, {"fact": "level", "at_least": 1}]}, {"level": 2})


@pytest.mark.parametrize("facts", [{"known": 1}, {"known": "yes"}, {"level": 1.5}, {"level": True}, {"harm": "huge"}])
def test_a_fact_of_the_wrong_kind_is_refused(facts: dict[str, Any]) -> None:
    with pytest.raises(FactUnfit):
        is_open({"fact": "known", "is": True}, facts)


def test_a_step_names_the_facts_it_asks_for() -> None:
    expression = {"any": [{"not": {"fact": "known", "is": True}}, {"all": [{"fact": "level", "below": 3}, {"fact": "harm", "is": "none"}]}]}
    assert with_condition(expression).transition("take", "new").facts == {"known", "level", "harm"}
    assert with_condition(expression).transition("drop", "new").facts == frozenset()


FACTS = st.fixed_dictionaries({}, optional={name: st.one_of(st.none(), st.booleans()) for name in "abc"})
EXPRESSIONS = st.recursive(
    st.builds(Comparison, st.sampled_from("abc"), st.just("is"), st.booleans()),
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(AllOf, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(AnyOf, st.lists(inner, min_size=1, max_size=3).map(tuple)),
    ),
    max_leaves=8,
)


@given(EXPRESSIONS, FACTS, st.fixed_dictionaries({name: st.booleans() for name in "abc"}))
def test_what_is_judged_with_gaps_stays_so_however_the_gaps_are_filled(
    expression: Any, facts: dict[str, Any], filling: dict[str, bool]
) -> None:
    answer = expression.holds(facts)
    known = {name: value for name, value in facts.items() if value is not None}
    full = expression.holds(filling | known)
    assert full is not None
    assert answer is None or answer is full


@given(EXPRESSIONS, FACTS)
def test_not_all_is_any_not(expression: Any, facts: dict[str, Any]) -> None:
    other = Comparison("a", "is", True)
    assert Not(AllOf((expression, other))).holds(facts) is AnyOf((Not(expression), Not(other))).holds(facts)
