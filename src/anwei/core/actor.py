"""Who acts: a person, a program or the system itself, with what they may do and see."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal
from uuid import UUID

Side = Literal["ours", "hospital", "distributor", "public", "system"]


@dataclass(frozen=True, slots=True)
class Actor:
    """One who acts, at one door, at one moment.

    `scope` names the records a person may see, by kind ("branch", "hospital", "order" …); `everywhere` lifts it for reading all rows.
    """

    id: UUID | None
    name: str
    rights: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    scope: Mapping[str, frozenset[UUID]] = field(default_factory=dict, hash=False)
    everywhere: bool = False
    side: Side = "ours"
    language: str = "zh-hans"
    door: str = "page"
    approved_by: UUID | None = None
    reason: str = ""

    def may(self, right: str) -> bool:
        """Say whether a role of theirs carries the right."""
        return right in self.rights

    def ids(self, kind: str) -> frozenset[UUID]:
        """Return the records of a kind that are in their scope."""
        return self.scope.get(kind, frozenset())

    def at(self, door: str) -> "Actor":
        """Return the same person at another door."""
        return replace(self, door=door)

    def because(self, reason: str) -> "Actor":
        """Return the same person with a reason that the next deed carries."""
        return replace(self, reason=reason)

    @property
    def key(self) -> str:
        """The name under which request ids are kept apart."""
        return str(self.id) if self.id else f"{self.side}:{self.name}"
