from typing import Any

import pytest
from django.utils.translation import override

from anwei.core.flow import Category, FlowError, read_flow
from anwei.core.tests.flows import small_body


def test_a_body_becomes_states_transitions_and_slots() -> None:
    flow = read_flow(small_body())
    assert flow.start == "new"
    assert flow.opening.start == ("fix",)
    assert flow.states["held"].category is Category.WAITING
    assert [step.verb for step in flow.transitions_from("busy")] == ["hold", "finish", "drop", "note"]
    assert flow.effects == {"tell_all"}
    assert flow.roles == {"clerk", "engineer", "chief"}


def test_a_step_without_target_stays_where_it_is() -> None:
    note = read_flow(small_body()).transition("note", "held")
    assert note.target("held") == "held"


def spoil(path: str, value: Any) -> dict[str, Any]:
    """Return the small body with one entry replaced; `...` removes it."""
    body = small_body()
    place: Any = body
    *way, last = [int(key) if key.isdigit() else key for key in path.split("/")]
    for key in way:
        place = place[key]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return body


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        ("start", ..., "flow.start.state"),
        ("start/state", "gone", "flow.start.state"),
        ("start/clocks", {"start": ["other"]}, "flow.start.clocks.start"),
        ("states/0/category", "ready", "flow.states[0].category"),
        ("states/0/zh", ..., "flow.states[0].zh"),
        ("states/0/en", "  ", "flow.states[0].en"),
        ("states/0/key", "New State", "flow.states[0].key"),
        ("states/1/key", "new", "flow.states"),
        ("states/0/colour", "red", "flow.states[0].colour"),
        ("extra", 1, "flow.extra"),
        ("facts/known/type", "maybe", "flow.facts.known.type"),
        ("facts/known/choices", [{"key": "a", "zh": "甲", "en": "A"}], "flow.facts.known.choices"),
        ("facts/harm/choices", [], "flow.facts.harm.choices"),
        ("facts/harm/choices/0/key", True, "flow.facts.harm.choices[0].key"),
        ("transitions/0/from", [], "flow.transitions[0].from"),
        ("transitions/0/from", ["new", "new"], "flow.transitions[0].from"),
        ("transitions/0/from", "new", "flow.transitions[0].from"),
        ("transitions/0/to", "gone", "flow.transitions[0].to"),
        ("transitions/0/to", None, "flow.transitions[0].to"),
        ("transitions/0/roles", ..., "flow.transitions[0].roles"),
        ("transitions/0/verb", 7, "flow.transitions[0].verb"),
        ("transitions/5/verb", "take", "flow.transitions[5].verb"),
        ("transitions/3/fields", ["shoe_size"], "flow.transitions[3].fields"),
        ("transitions/3/proofs", ["photo"], "flow.transitions[3].proofs"),
        ("transitions/3/conditions/0/fact", "unheard", "flow.transitions[3].conditions[0].fact"),
        ("transitions/3/conditions/0/is", "yes", "flow.transitions[3].conditions[0].is"),
        ("transitions/3/conditions/0/zh", ..., "flow.transitions[3].conditions[0].zh"),
        ("transitions/3/conditions", {"fact": "known"}, "flow.transitions[3].conditions"),
        ("transitions/1/clocks", {"pause": ["fix"], "stop": ["fix"]}, "flow.transitions[1].clocks"),
        ("transitions/1/clocks", {"halt": ["fix"]}, "flow.transitions[1].clocks.halt"),
        ("transitions/1/clocks", [], "flow.transitions[1].clocks"),
        ("transitions/1", "hold", "flow.transitions[1]"),
        ("states/0/zh", "长" * 501, "flow.states[0].zh"),
    ],
)
def test_a_wrong_body_is_refused_with_its_place(path: str, value: Any, place: str) -> None:
    with pytest.raises(FlowError) as caught:
        read_flow(spoil(path, value))
    assert caught.value.place == place
    assert str(caught.value.reason)
    assert caught.value.status == 422


@pytest.mark.parametrize("body", [None, [], "flow", {1: "a"}])
def test_what_is_no_mapping_is_no_flow(body: object) -> None:
    with pytest.raises(FlowError) as caught:
        read_flow(body)
    assert caught.value.place == "flow"


@pytest.mark.parametrize(
    "expression",
    [
        {},
        {"fact": "known"},
        {"fact": "known", "is": True, "in": [True]},
        {"fact": "known", "at_least": 1},
        {"fact": "level", "at_least": "3"},
        {"fact": "level", "at_least": True},
        {"fact": "level", "at_least": float("nan")},
        {"fact": "level", "near": 3},
        {"fact": "harm", "is": "huge"},
        {"fact": "harm", "in": []},
        {"fact": "harm", "in": "none"},
        {"all": []},
        {"any": {}},
        {"not": {}},
        {"all": [{"fact": "known", "is": True}], "any": [{"fact": "known", "is": True}]},
        {"not": {"not": {"not": {"not": {"not": {"not": {"fact": "known", "is": True}}}}}}},
    ],
)
def test_a_condition_that_says_nothing_sound_is_refused(expression: dict[str, Any]) -> None:
    with pytest.raises(FlowError) as caught:
        read_flow(spoil("transitions/3/conditions", [{"zh": "条件", "en": "condition", **expression}]))
    assert caught.value.place.startswith("flow.transitions[3].conditions[0]")


def test_the_sentence_names_place_and_reason() -> None:
    with override("en"), pytest.raises(FlowError) as caught:
        read_flow(spoil("start/state", "gone"))
    with override("en"):
        assert str(caught.value) == "flow.start.state: gone is not declared"
