"""A flow: its states, its transitions, and what a step needs, as frozen values read from a definition's body."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from anwei.core.flow.conditions import Condition, Facts
from anwei.core.flow.errors import (
    ConditionNotMet,
    FactUnfit,
    FieldMissing,
    FieldUnfit,
    NoSuchStep,
    ProofMissing,
    StepNotYours,
    UnknownState,
)
from anwei.core.flow.problems import Problem, find_problems
from anwei.core.flow.slots import Slot
from anwei.core.labels import Label, Listing


class Category(StrEnum):
    """Name the fixed meaning of a freely named state: the only thing logic looks at."""

    OPEN = "open"
    WORKING = "working"
    WAITING = "waiting"
    DONE = "done"
    CANCELLED = "cancelled"

    @property
    def is_final(self) -> bool:
        """Tell whether work has ended here."""
        return self in (Category.DONE, Category.CANCELLED)


@dataclass(frozen=True, slots=True)
class State:
    """Hold one state."""

    key: str
    label: Label
    category: Category


@dataclass(frozen=True, slots=True)
class ClockEffects:
    """Name the clocks that a step starts, stops, pauses and resumes."""

    start: tuple[str, ...] = ()
    stop: tuple[str, ...] = ()
    pause: tuple[str, ...] = ()
    resume: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Transition:
    """Hold one step: who may do it, from where to where, what it needs and what follows."""

    verb: str
    label: Label
    sources: tuple[str, ...]
    to: str | None
    roles: frozenset[str]
    conditions: tuple[Condition, ...]
    fields: tuple[Slot, ...]
    proofs: tuple[str, ...]
    effects: tuple[str, ...]
    clocks: ClockEffects
    hand_over: str | None

    def target(self, state: str) -> str:
        """Return the state after the step; a step without a target stays where it is."""
        return self.to or state

    @property
    def facts(self) -> frozenset[str]:
        """Name every fact that the conditions ask for."""
        return frozenset[str]().union(*(condition.facts for condition in self.conditions))

    def unmet(self, facts: Facts) -> tuple[Condition, ...]:
        """List the conditions that do not hold."""
        return tuple(condition for condition in self.conditions if not condition.met(facts))


@dataclass(frozen=True, slots=True)
class NextStep:
    """Hold one step that a person may see: whether it is open now, and if not, why."""

    transition: Transition
    target: State
    unmet: tuple[Condition, ...]

    @property
    def is_open(self) -> bool:
        """Tell whether nothing but fields and proofs stands before it."""
        return not self.unmet


@dataclass(frozen=True)
class Flow:
    """Hold a whole flow; ask it what is possible (``flow.next_steps``) and what is allowed (``flow.check``)."""

    start: str
    opening: ClockEffects
    opening_hand_over: str | None
    states: Mapping[str, State]
    transitions: tuple[Transition, ...]
    facts: Mapping[str, Slot]
    fields: Mapping[str, Slot]
    proofs: Mapping[str, Label]
    clocks: Mapping[str, Label]

    @cached_property
    def _steps(self) -> dict[tuple[str, str], Transition]:
        return {(state, step.verb): step for step in self.transitions for state in step.sources}

    @cached_property
    def effects(self) -> frozenset[str]:
        """Name every effect that the flow calls for."""
        return frozenset(effect for step in self.transitions for effect in step.effects)

    @cached_property
    def roles(self) -> frozenset[str]:
        """Name every role that the flow speaks of."""
        handed = {step.hand_over for step in self.transitions} | {self.opening_hand_over}
        return frozenset(role for step in self.transitions for role in step.roles) | {role for role in handed if role}

    def state(self, key: str) -> State:
        """Return a state.

        :raises UnknownState: the flow has no such state
        """
        if key not in self.states:
            raise UnknownState(state=key)
        return self.states[key]

    def transitions_from(self, state: str) -> tuple[Transition, ...]:
        """List the steps that lead on from a state, in the order of the definition."""
        key = self.state(state).key
        return tuple(step for step in self.transitions if key in step.sources)

    def transition(self, verb: str, state: str) -> Transition:
        """Return the step that `verb` means in a state.

        :raises UnknownState: the flow has no such state
        :raises NoSuchStep: the verb is not possible in this state
        """
        place = self.state(state)
        if (state, verb) not in self._steps:
            known = next((step.label for step in self.transitions if step.verb == verb), verb)
            raise NoSuchStep(step=known, state=place.label)
        return self._steps[state, verb]

    def next_steps(self, *, state: str, roles: Collection[str], facts: Facts) -> tuple[NextStep, ...]:
        """List the steps that somebody with `roles` has before them, the closed ones with their reasons.

        :raises UnknownState: the flow has no such state
        """
        self._must_fit(facts)
        mine = [step for step in self.transitions_from(state) if step.roles.intersection(roles)]
        return tuple(NextStep(step, self.state(step.target(state)), step.unmet(facts)) for step in mine)

    def check(
        self,
        verb: str,
        *,
        state: str,
        roles: Collection[str],
        facts: Facts,
        fields: Mapping[str, object],
        proofs: Collection[str] = (),
    ) -> Transition:
        """Return the step that `verb` means here if everything it needs is there.

        `roles` are the person's, `facts` what is known (absent or None: not known, which never opens a step), `fields` what was filled
        in, `proofs` the names of those present.

        :raises UnknownState: the flow has no such state
        :raises NoSuchStep: the verb is not possible in this state
        :raises StepNotYours: none of the roles may do it
        :raises ConditionNotMet: a condition does not hold or is not known to hold
        :raises FieldMissing: a required field is empty
        :raises FieldUnfit: a field holds a value of the wrong kind
        :raises ProofMissing: a required proof is not there
        """
        step = self.transition(verb, state)
        if not step.roles.intersection(roles):
            raise StepNotYours(step=step.label)
        self._must_fit(facts)
        if unmet := step.unmet(facts):
            raise ConditionNotMet(step=step.label, conditions=Listing(condition.label for condition in unmet))
        _check_fields(step, fields)
        if absent := [self.proofs[name] for name in step.proofs if name not in proofs]:
            raise ProofMissing(step=step.label, proofs=Listing(absent))
        return step

    def problems(self) -> tuple[Problem, ...]:
        """List what is wrong with the structure: unreachable states, dead ends, no way to done, clocks left paused."""
        return find_problems(self)

    def _must_fit(self, facts: Facts) -> None:
        for name, value in facts.items():
            if value is not None and name in self.facts and not self.facts[name].takes(value):
                raise FactUnfit(fact=self.facts[name].label, value=repr(value))


def _check_fields(step: Transition, fields: Mapping[str, object]) -> None:
    empty = [slot.label for slot in step.fields if fields.get(slot.name) is None or not str(fields[slot.name]).strip()]
    if empty:
        raise FieldMissing(step=step.label, fields=Listing(empty))
    for slot in step.fields:
        if not slot.takes(fields[slot.name]):
            raise FieldUnfit(field=slot.label, value=repr(fields[slot.name]))
