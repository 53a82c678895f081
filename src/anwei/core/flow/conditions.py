"""Conditions over typed facts, written as data and judged in three values: yes, no, not known."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import ge, gt, le, lt
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from anwei.core.bodies import Part
from anwei.core.flow.slots import Kind, Slot, Value
from anwei.core.labels import Label

Facts = Mapping[str, Value | None]
DEEPEST = 6
BOUNDS: dict[str, Callable[[Any, Any], bool]] = {"at_least": ge, "at_most": le, "above": gt, "below": lt}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Compare one fact with a constant."""

    fact: str
    operator: str
    operand: Any

    @property
    def facts(self) -> frozenset[str]:
        """Name the fact."""
        return frozenset((self.fact,))

    def holds(self, facts: Facts) -> bool | None:
        """Return yes, no, or None while the fact is not known."""
        value = facts.get(self.fact)
        if value is None:
            return None
        if self.operator in BOUNDS:
            return BOUNDS[self.operator](value, self.operand)
        return value in self.operand if self.operator == "in" else value == self.operand


@dataclass(frozen=True, slots=True)
class Several:
    """Judge several parts together: one answer alone decides, whatever the others say."""

    decisive: ClassVar[bool]
    parts: tuple["Expression", ...]

    @property
    def facts(self) -> frozenset[str]:
        """Name every fact of the parts."""
        return frozenset[str]().union(*(part.facts for part in self.parts))

    def holds(self, facts: Facts) -> bool | None:
        """Return the decisive answer as soon as one part gives it, else not known as soon as one is not known, else the opposite."""
        answers = {part.holds(facts) for part in self.parts}
        return self.decisive if self.decisive in answers else None if None in answers else not self.decisive


class AllOf(Several):
    """Hold when every part holds."""

    __slots__ = ()
    decisive = False


class AnyOf(Several):
    """Hold when at least one part holds."""

    __slots__ = ()
    decisive = True


@dataclass(frozen=True, slots=True)
class Not:
    """Hold when its part does not; what is not known stays not known."""

    part: "Expression"

    @property
    def facts(self) -> frozenset[str]:
        """Name every fact of the part."""
        return self.part.facts

    def holds(self, facts: Facts) -> bool | None:
        """Return the opposite answer."""
        answer = self.part.holds(facts)
        return None if answer is None else not answer


Expression = Comparison | AllOf | AnyOf | Not


@dataclass(frozen=True, slots=True)
class Condition:
    """Hold an expression with the sentence that explains it to people."""

    label: Label
    expression: Expression

    @property
    def facts(self) -> frozenset[str]:
        """Name every fact that is asked for."""
        return self.expression.facts

    def met(self, facts: Facts) -> bool:
        """Tell whether it is known to hold: a fact that is missing never opens a door."""
        return self.expression.holds(facts) is True


def read_condition(part: Part, slots: Mapping[str, Slot]) -> Condition:
    """Read an expression with ``zh`` and ``en`` beside it."""
    label = part.label()
    rest = {key: value for key, value in part.data.items() if key not in ("zh", "en")}
    return Condition(label, read_expression(Part(rest, part.place, part.error), slots))


def read_expression(part: Part, slots: Mapping[str, Slot], depth: int = 0) -> Expression:
    """Read ``{fact, is|in|at_least|at_most|above|below}``, ``{all: […]}``, ``{any: […]}`` or ``{not: {…}}``."""
    if depth == DEEPEST:
        raise part.error(part.place, _("conditions are nested too deeply"))
    keys = set(part.data)
    if keys in ({"all"}, {"any"}):
        word = keys.pop()
        inner = tuple(read_expression(each, slots, depth + 1) for each in part.parts(word))
        if not inner:
            raise part.refuse(word, _("a list with at least one condition is expected"))
        return AllOf(inner) if word == "all" else AnyOf(inner)
    if keys == {"not"}:
        return Not(read_expression(part.part("not"), slots, depth + 1))
    if "fact" in keys and len(keys) == 2:
        return _read_test(part, slots, (keys - {"fact"}).pop())
    raise part.error(part.place, _("a condition is a fact with one comparison, or all, any or not"))


def _read_test(part: Part, slots: Mapping[str, Slot], operator: str) -> Comparison:
    name = part.name("fact")
    if name not in slots:
        raise part.refuse("fact", _("the fact %(name)s is not declared"), name=name)
    slot, operand = slots[name], part.data[operator]
    if operator == "is":
        return Comparison(name, operator, _read_operand(part, operator, slot, operand))
    if operator == "in" and isinstance(operand, Sequence) and not isinstance(operand, str) and operand:
        return Comparison(name, operator, tuple(_read_operand(part, operator, slot, each) for each in operand))
    if operator in BOUNDS and slot.kind is Kind.NUMBER:
        return Comparison(name, operator, _read_operand(part, operator, slot, operand))
    raise part.refuse(operator, _("this comparison is unknown or does not fit the fact %(name)s"), name=name)


def _read_operand(part: Part, operator: str, slot: Slot, operand: object) -> object:
    if isinstance(operand, float):  # YAML and JSON know no decimals: 0.1 is meant as written
        operand = Decimal(repr(operand))
    if not slot.takes(operand):
        raise part.refuse(operator, _("the value %(found)s does not fit the fact %(name)s"), found=repr(operand), name=slot.name)
    return operand
