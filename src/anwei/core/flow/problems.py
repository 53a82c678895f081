"""The structural self-check of a flow: what can be seen without any order running through it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from anwei.core.labels import Said

if TYPE_CHECKING:
    from anwei.core.flow.body import ClockEffects, Flow


@dataclass(frozen=True, slots=True)
class Problem:
    """Name a place in the flow and what is wrong there."""

    place: str
    reason: Said


def find_problems(flow: "Flow") -> tuple[Problem, ...]:
    """List every problem of the structure, states first, then clocks."""
    return (*_state_problems(flow), *_clock_problems(flow))


def _state_problems(flow: "Flow") -> Iterable[Problem]:
    onward = {key: {step.target(key) for step in flow.transitions_from(key)} - {key} for key in flow.states}
    back = {key: {source for source, targets in onward.items() if key in targets} for key in flow.states}
    reached = _closure({flow.start}, onward)
    final = {key for key, state in flow.states.items() if state.category.is_final}
    done = {key for key in final if flow.states[key].category == "done"}
    to_done = _closure(done, back)
    if not done & reached:
        yield Problem("states", Said(_("no state of the category done can be reached")))
    for key, state in flow.states.items():
        if key not in reached:
            yield Problem(key, Said(_("“%(state)s” cannot be reached"), {"state": state.label}))
        elif key not in final and not onward[key]:
            yield Problem(key, Said(_("“%(state)s” is a dead end"), {"state": state.label}))
        elif key not in final and key not in to_done:
            yield Problem(key, Said(_("no way leads from “%(state)s” to done"), {"state": state.label}))


def _closure(begin: set[str], onward: dict[str, set[str]]) -> set[str]:
    seen, left = set(begin), list(begin)
    while left:
        fresh = onward[left.pop()] - seen
        seen |= fresh
        left += fresh
    return seen


def _clock_problems(flow: "Flow") -> Iterable[Problem]:
    for clock, label in flow.clocks.items():
        seen = _runs(flow, clock)
        if all(status == "absent" for _state, status in seen):
            yield Problem(clock, Said(_("the clock “%(clock)s” is never started"), {"clock": label}))
        for key, state in flow.states.items():
            statuses = {status for place, status in seen if place == key}
            values = {"clock": label, "state": state.label}
            if "paused" in statuses and state.category != "waiting":
                yield Problem(key, Said(_("the clock “%(clock)s” may stand still in “%(state)s”, which is no waiting state"), values))
            if "running" in statuses and state.category.is_final and not flow.transitions_from(key):
                yield Problem(key, Said(_("the clock “%(clock)s” may still run at the end, in “%(state)s”"), values))


def _runs(flow: "Flow", clock: str) -> set[tuple[str, str]]:
    """Return every pair (state, status of the clock) that some way through the flow can bring about."""
    left = [(flow.start, _after("absent", clock, flow.opening))]
    seen = set(left)
    while left:
        state, status = left.pop()
        for step in flow.transitions_from(state):
            pair = (step.target(state), _after(status, clock, step.clocks))
            if pair not in seen:
                seen.add(pair)
                left.append(pair)
    return seen


def _after(status: str, clock: str, effects: "ClockEffects") -> str:
    if clock in effects.start:
        return "running"
    if clock in effects.stop and status != "absent":
        return "stopped"
    if clock in effects.pause and status == "running":
        return "paused"
    if clock in effects.resume and status == "paused":
        return "running"
    return status
