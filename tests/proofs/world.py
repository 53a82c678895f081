"""One row of every model that an operation names, and the people who look at them."""

from collections.abc import Callable
from uuid import UUID

from django.db import models

from anwei.core.actor import Actor
from anwei.core.operation import REGISTER, operation, record
from anwei.foundation.accounts.queries import system_actor
from tests.proofs.documents import all_places, row_of

VERB = "proofs.make_rows"


def named_models() -> list[type[models.Model]]:
    """Return every model that an argument of an operation names."""
    kinds = {kind for op in REGISTER.values() for _path, kind in all_places(op)}
    return sorted((k for k in kinds if isinstance(k, type) and issubclass(k, models.Model)), key=lambda m: m._meta.label)


def within_a_deed(work: Callable[[], None]) -> None:
    """Let rows be written outside the operations that would write them."""

    @operation(VERB, right="accounts.keep")
    def make_rows(*, actor: Actor) -> None:
        """Make rows."""
        work()
        record(row_of(named_models()[0]), "proofs.made")

    try:
        make_rows(actor=system_actor("test"))
    finally:
        del REGISTER[VERB]


def one_of_each(wanted: list[type[models.Model]]) -> dict[type[models.Model], UUID]:
    """Make one row of each model and return their keys."""
    made: dict[type[models.Model], UUID] = {}
    within_a_deed(lambda: made.update({model: row_of(model).pk for model in wanted}))
    return made
