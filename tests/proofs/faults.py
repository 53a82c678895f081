"""Faults of the database at every statement of a deed: what the retry at the door must make invisible.

A deed is put under this proof by adding it to `DEEDS`: how to arrange its world, and the document that performs it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from anwei.core.actor import Actor
from anwei.core.doors.delivery import perform_document
from anwei.core.operation import REGISTER, Answer
from anwei.foundation.audit.installation import business_models
from anwei.foundation.audit.models import Change, Deed

SERIALIZATION, DEADLOCK = "40001", "40P01"


@dataclass
class Fault:
    """Fails the statement number `at` (from 1) with a real error of the server, `times` times; counts the statements it saw."""

    at: int
    sqlstate: str
    times: int = 1
    seen: int = 0
    struck: int = field(default=0, init=False)

    def __call__(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
        self.seen += 1
        if self.seen >= self.at and self.struck < self.times:
            self.struck += 1
            raised = f"do $$ begin raise exception 'injected' using errcode = '{self.sqlstate}'; end $$"
            with connection.wrap_database_errors:
                context["cursor"].cursor.execute(raised)
        return execute(sql, params, many, context)


@contextmanager
def injected(fault: Fault) -> Iterator[Fault]:
    """Let a fault strike within the block."""
    with connection.execute_wrapper(fault):
        yield fault


@dataclass(frozen=True)
class Proven:
    """A deed under proof. `arrange` makes a world of its own each time and returns who acts and the document they send."""

    verb: str
    arrange: Callable[[int], tuple[Actor, bytes]]

    def perform(self, actor: Actor, document: bytes, request_id: str) -> Answer:
        """Perform it as a door does."""
        return perform_document(REGISTER[self.verb], document, actor, request_id=request_id)


def state() -> dict[str, int]:
    """Return how many rows stand in every business table and in the trail."""
    counted: list[Any] = [*business_models(), Change]
    rows = {m._meta.label: m._base_manager.count() for m in counted}
    return rows | {f"deeds {outcome}": Deed.objects.filter(outcome=outcome).count() for outcome in ("done", "unchanged", "refused")}


def gained(before: dict[str, int]) -> dict[str, int]:
    """Return what came since."""
    return {name: count - before[name] for name, count in state().items() if count != before[name]}
