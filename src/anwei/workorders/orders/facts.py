"""What a guard of a flow may ask about an order: facts and proofs that the apps register."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from anwei.core.actor import Actor
from anwei.core.flow import Transition
from anwei.core.flow.conditions import AllOf, AnyOf, Comparison, Expression, Not
from anwei.core.registers import registers
from anwei.workorders.orders.models import WorkOrder


@dataclass(frozen=True, slots=True)
class Moment:
    """An order as somebody is about to move it: facts are read from here. `given` holds what the step brings with it."""

    order: WorkOrder
    actor: Actor
    at: datetime
    given: Mapping[str, Any]


def _names(expression: Expression) -> Iterator[str]:
    if isinstance(expression, Comparison):
        yield expression.fact
    elif isinstance(expression, AllOf | AnyOf):
        for part in expression.parts:
            yield from _names(part)
    elif isinstance(expression, Not):
        yield from _names(expression.part)


def facts_for(moment: Moment, steps: Iterable[Transition]) -> dict[str, Any]:
    """Return the facts that these steps ask for, and no others; a fact that no app registers is not known."""
    wanted = {name for step in steps for condition in step.conditions for name in _names(condition.expression)}
    return {name: registers.facts[name].value(moment) if name in registers.facts else None for name in wanted}


def proofs_for(moment: Moment, steps: Iterable[Transition]) -> set[str]:
    """Return which of the proofs that these steps ask for are there: what the step brings, and what an app can find."""
    wanted = {name for step in steps for name in step.proofs}
    brought = set(moment.given.get("proofs", ()))
    return {name for name in wanted if name in brought or (name in registers.facts and registers.facts[name].value(moment))}
