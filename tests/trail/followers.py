"""Followers of the tests' own: each jots down the branch that was opened, a row for each time it took effect."""

from collections.abc import Callable
from uuid import UUID

from anwei.core.actor import Actor
from anwei.core.operation import record
from anwei.core.registers import Followed, Follower
from anwei.foundation.definitions.models import Definition

OPENED = "branches.opened"
Twist = Callable[[str], None]


def follower(name: str, twist: Twist = lambda branch: None, after: Twist = lambda branch: None) -> Follower:
    """Return a follower that jots down what it is told, with a twist before and after it writes."""

    def run(actor: Actor, deed: Followed) -> None:
        for branch in deed.records(OPENED):
            twist(str(branch))
            row = Definition.objects.create(kind=f"jot {name}", key=f"{branch} {deed.id}", name_zh="", name_en="")
            record(row, "tests.jotted", at=deed.at)
            after(str(branch))

    return Follower(name, frozenset({OPENED}), run)


def jotted(name: str) -> list[UUID]:
    """Return the branches that a follower jotted down, in the order in which it did."""
    rows = Definition.objects.filter(kind=f"jot {name}").order_by("created_at", "id")
    return [UUID(key.partition(" ")[0]) for key in rows.values_list("key", flat=True)]
