"""Reading of a flow from the body of a definition."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from anwei.core.bodies import Part
from anwei.core.flow.body import Category, ClockEffects, Flow, State, Transition
from anwei.core.flow.conditions import read_condition
from anwei.core.flow.errors import FlowError
from anwei.core.flow.slots import Slot
from anwei.core.labels import Label


def read_flow(body: object) -> Flow:
    """Read a flow.

    The body holds ``start`` ({state, clocks, hand_over}), ``states`` (list of {key, zh, en, category}),
    ``clocks`` and ``proofs`` (name → {zh, en}), ``facts`` and ``fields`` (name → {type, zh, en, choices}),
    and ``transitions`` (list of {verb, zh, en, from, to, roles, conditions, fields, proofs, effects, clocks, hand_over}).

    :raises FlowError: something is missing, unknown or said twice; names the place
    """
    part = Part.of(body, "flow", FlowError).only("start", "states", "clocks", "proofs", "facts", "fields", "transitions")
    return _Reader(part).flow()


class _Reader:
    """Read the parts of a body in the order in which they refer to each other."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self.states = {state.key: state for state in map(self._state, part.parts("states"))}
        if len(self.states) < len(part.sequence("states")):
            raise part.refuse("states", _("something is named twice"))
        self.clocks = self._labels("clocks")
        self.proofs = self._labels("proofs")
        self.facts = {name: Slot.read(name, slot) for name, slot in part.named_parts("facts").items()}
        self.fields = {name: Slot.read(name, slot) for name, slot in part.named_parts("fields").items()}

    def flow(self) -> Flow:
        start = self.part.part("start").only("state", "clocks", "hand_over")
        transitions = tuple(map(self._transition, self.part.parts("transitions")))
        self._refuse_double(transitions)
        return Flow(
            self._known(start, "state", self.states),
            self._clock_effects(start),
            self._optional_name(start, "hand_over"),
            self.states,
            transitions,
            self.facts,
            self.fields,
            self.proofs,
            self.clocks,
        )

    def _state(self, part: Part) -> State:
        part.only("key", "zh", "en", "category")
        category = part.text("category")
        if category not in list(Category):
            raise part.refuse("category", _("unknown category %(found)s; known are %(known)s"), found=category, known=", ".join(Category))
        return State(part.name("key"), part.label(), Category(category))

    def _labels(self, key: str) -> dict[str, Label]:
        return {name: inner.only("zh", "en").label() for name, inner in self.part.named_parts(key).items()}

    def _transition(self, part: Part) -> Transition:
        part.only("verb", "zh", "en", "from", "to", "roles", "conditions", "fields", "proofs", "effects", "clocks", "hand_over")
        for key in ("from", "roles"):
            if not part.names(key):
                raise part.refuse(key, _("is missing"))
        return Transition(
            verb=part.name("verb"),
            label=part.label(),
            sources=self._all_known(part, "from", self.states),
            to=self._known(part, "to", self.states) if "to" in part.data else None,
            roles=frozenset(part.names("roles")),
            conditions=tuple(read_condition(each, self.facts) for each in part.parts("conditions")),
            fields=tuple(self.fields[name] for name in self._all_known(part, "fields", self.fields)),
            proofs=self._all_known(part, "proofs", self.proofs),
            effects=part.names("effects"),
            clocks=self._clock_effects(part),
            hand_over=self._optional_name(part, "hand_over"),
        )

    def _clock_effects(self, part: Part) -> ClockEffects:
        inner = part.part("clocks").only("start", "stop", "pause", "resume")
        lists = [self._all_known(inner, key, self.clocks) for key in ("start", "stop", "pause", "resume")]
        named = [name for names in lists for name in names]
        if len(set(named)) < len(named):
            raise part.refuse("clocks", _("one step may do one thing to a clock"))
        return ClockEffects(*lists)

    def _known(self, part: Part, key: str, known: Collection[str]) -> str:
        name = part.name(key)
        if name not in known:
            raise part.refuse(key, _("%(name)s is not declared"), name=name)
        return name

    def _all_known(self, part: Part, key: str, known: Collection[str]) -> tuple[str, ...]:
        for name in part.names(key):
            if name not in known:
                raise part.refuse(key, _("%(name)s is not declared"), name=name)
        return part.names(key)

    def _optional_name(self, part: Part, key: str) -> str | None:
        return part.name(key) if part.data.get(key) is not None else None

    def _refuse_double(self, transitions: tuple[Transition, ...]) -> None:
        seen: set[tuple[str, str]] = set()
        for i, step in enumerate(transitions):
            for state in step.sources:
                if (state, step.verb) in seen:
                    place = f"{self.part.place}.transitions[{i}].verb"
                    raise FlowError(place, _("%(verb)s is defined twice from the state %(state)s"), verb=step.verb, state=state)
                seen.add((state, step.verb))
