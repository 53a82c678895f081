from typing import Any

from django.utils.translation import override

from anwei.core.flow import read_flow
from anwei.core.tests.flows import small_body, small_flow


def problems(body: dict[str, Any]) -> list[tuple[str, str]]:
    """Return place and English reason of every problem."""
    with override("en"):
        return [(problem.place, str(problem.reason)) for problem in read_flow(body).problems()]


def step(body: dict[str, Any], verb: str) -> dict[str, Any]:
    """Return the entry of one transition."""
    return next(entry for entry in body["transitions"] if entry["verb"] == verb)


def test_a_sound_flow_has_no_problem() -> None:
    assert small_flow().problems() == ()


def test_a_state_without_a_way_in_is_found() -> None:
    body = small_body()
    body["states"].append({"key": "island", "zh": "孤岛", "en": "Island", "category": "open"})
    assert problems(body) == [("island", "“Island” cannot be reached")]


def test_a_dead_end_is_found() -> None:
    body = small_body()
    body["transitions"].remove(step(body, "go_on"))
    assert problems(body) == [("held", "“Held” is a dead end")]


def test_a_loop_without_a_way_to_done_is_found() -> None:
    body = small_body()
    body["states"].append({"key": "spin", "zh": "空转", "en": "Spin", "category": "waiting"})
    body["transitions"] += [
        {"verb": "spin", "zh": "转", "en": "Spin", "from": ["held"], "to": "spin", "roles": ["clerk"]},
        {"verb": "respin", "zh": "再转", "en": "Spin on", "from": ["spin"], "to": "loop", "roles": ["clerk"]},
        {"verb": "loop", "zh": "循环", "en": "Loop", "from": ["loop"], "to": "spin", "roles": ["clerk"]},
    ]
    body["states"].append({"key": "loop", "zh": "循环", "en": "Loop", "category": "waiting"})
    assert problems(body) == [("spin", "no way leads from “Spin” to done"), ("loop", "no way leads from “Loop” to done")]


def test_a_flow_that_is_never_done_is_found() -> None:
    body = small_body()
    step(body, "finish")["from"] = ["done"]
    assert ("states", "no state of the category done can be reached") in problems(body)


def test_a_clock_that_stands_still_while_work_goes_on_is_found() -> None:
    body = small_body()
    step(body, "go_on")["clocks"] = {}
    assert problems(body) == [("busy", "the clock “Fix” may stand still in “Busy”, which is no waiting state")]


def test_a_clock_that_runs_on_at_the_end_is_found() -> None:
    body = small_body()
    step(body, "finish")["clocks"] = {}
    assert problems(body) == [("done", "the clock “Fix” may still run at the end, in “Done”")]


def test_a_clock_that_is_never_started_is_found() -> None:
    body = small_body()
    body["start"]["clocks"] = {}
    assert problems(body) == [("fix", "the clock “Fix” is never started")]
