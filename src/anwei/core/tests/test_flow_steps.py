from decimal import Decimal
from typing import Any

import pytest
from django.utils.translation import override

from anwei.core.flow import (
    ConditionNotMet,
    FieldMissing,
    FieldUnfit,
    NoSuchStep,
    ProofMissing,
    StepNotYours,
    Transition,
    UnknownState,
)
from anwei.core.tests.flows import small_flow


def finish(**changed: Any) -> Transition:
    """Check the step ``finish`` with everything in order but what is `changed`."""
    given: dict[str, Any] = {
        "state": "busy",
        "roles": ["engineer"],
        "facts": {"known": True},
        "fields": {"reason": "done", "count": Decimal("2")},
        "proofs": {"signature"},
    }
    return small_flow().check("finish", **(given | changed))


def test_a_step_with_all_it_needs_is_returned() -> None:
    step = finish()
    assert (step.to, step.effects, step.clocks.stop) == ("done", ("tell_all",), ("fix",))


def test_any_one_of_the_roles_is_enough() -> None:
    assert finish(roles={"clerk", "chief"}).verb == "finish"


@pytest.mark.parametrize("state", ["new", "held", "done"])
def test_a_verb_from_the_wrong_state_is_refused(state: str) -> None:
    with pytest.raises(NoSuchStep):
        finish(state=state)


def test_a_state_the_flow_does_not_have_is_refused() -> None:
    with pytest.raises(UnknownState):
        finish(state="lost")


@pytest.mark.parametrize("roles", [[], ["clerk"], ["Engineer"]])
def test_a_stranger_is_refused(roles: list[str]) -> None:
    with pytest.raises(StepNotYours) as caught:
        finish(roles=roles)
    assert caught.value.status == 403


@pytest.mark.parametrize("facts", [{}, {"known": False}, {"known": None}])
def test_a_condition_that_does_not_hold_is_named(facts: dict[str, Any]) -> None:
    with pytest.raises(ConditionNotMet) as caught:
        finish(facts=facts)
    with override("en"):
        assert str(caught.value) == "“Finish” is not possible yet: it must be known"
    with override("zh-hans"):
        assert "须已知" in str(caught.value)


@pytest.mark.parametrize("fields", [{}, {"reason": ""}, {"reason": " \t"}, {"reason": None, "count": 1}])
def test_an_empty_field_is_named(fields: dict[str, Any]) -> None:
    with pytest.raises(FieldMissing) as caught:
        finish(fields=fields)
    with override("en"):
        assert "Reason" in str(caught.value)


@pytest.mark.parametrize("count", ["2", 2.0, True, Decimal("NaN"), Decimal("Infinity")])
def test_a_field_of_the_wrong_kind_is_refused(count: object) -> None:
    with pytest.raises(FieldUnfit):
        finish(fields={"reason": "done", "count": count})


def test_a_missing_proof_is_named() -> None:
    with pytest.raises(ProofMissing) as caught:
        finish(proofs=["photo"])
    with override("en"):
        assert str(caught.value) == "“Finish” needs proof: Signature"


def test_the_role_is_judged_before_the_facts_so_that_strangers_learn_nothing() -> None:
    with pytest.raises(StepNotYours):
        finish(roles=["clerk"], facts={}, fields={}, proofs=())


def test_next_steps_shows_closed_ones_with_their_reason_and_hides_those_of_others() -> None:
    steps = small_flow().next_steps(state="busy", roles=["engineer"], facts={"known": False})
    assert [(step.transition.verb, step.target.key, step.is_open) for step in steps] == [("hold", "held", True), ("finish", "done", False)]
    with override("zh-hans"):
        assert [str(condition.label) for condition in steps[1].unmet] == ["须已知"]


def test_a_final_state_offers_nothing() -> None:
    assert small_flow().next_steps(state="done", roles=["clerk", "engineer", "chief"], facts={}) == ()
