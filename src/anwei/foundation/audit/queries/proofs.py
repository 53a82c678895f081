"""The proof that an entry stands in the signed tree."""

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from anwei.core.actor import Actor
from anwei.core.errors import NoRight
from anwei.foundation.audit import sealed
from anwei.foundation.audit.merkle import inclusion_path
from anwei.foundation.audit.note import Checkpoint, split
from anwei.foundation.audit.permissions import READ_TRAIL


@dataclass(frozen=True, slots=True)
class Proof:
    """An entry, its place, the hashes that lead from it to the root, and the signed checkpoint with that root."""

    entry: str
    position: int
    size: int
    path: tuple[bytes, ...]
    note: str

    def __str__(self) -> str:
        """Write it as a file that proves itself (c2sp.org/tlog-proof): the entry stands in the line `extra`."""
        lines = ["c2sp.org/tlog-proof@v1", f"extra {b64encode(self.entry.encode()).decode()}", f"index {self.position}"]
        lines += [b64encode(step).decode() for step in self.path]
        return "\n".join(lines) + f"\n\n{self.note}"


def proof_of(actor: Actor, deed: UUID) -> Proof | None:
    """Return the proof of a deed under the newest checkpoint, None while it waits for the sealer.

    :raises NoRight: the actor does not read the trail
    """
    if not actor.may(READ_TRAIL):
        raise NoRight(verb="audit.read")
    with connection.cursor() as cursor:
        cursor.execute(
            "select p.position, trail.deed_text(d) from trail.position p"
            " join trail.deed d on d.id = p.deed and d.received = p.received where p.deed = %s",
            [deed],
        )
        found, note = cursor.fetchone(), sealed.newest_note()
    if found is None or note is None:
        return None
    position, entry = found
    size = Checkpoint.parse(note).size
    return Proof(entry, position, size, tuple(inclusion_path(position, size, sealed.hashes)), note)


@dataclass(frozen=True, slots=True)
class Seal:
    """The newest signed checkpoint: how many rows it counts, their root, when and by which key it was signed."""

    size: int
    root: str
    at: datetime
    key: str


def newest_seal() -> Seal | None:
    """Return the newest checkpoint as it is shown, None before the first."""
    with connection.cursor() as cursor:
        cursor.execute("select size, encode(root, 'hex'), at, note from trail.checkpoint order by size desc, at desc limit 1")
        found = cursor.fetchone()
    if found is None:
        return None
    size, root, at, note = found
    return Seal(size, root, at, split(note)[1][0].removeprefix("— ").partition(" ")[0])


def positions_of(deeds: Iterable[UUID]) -> dict[UUID, int]:
    """Return where deeds stand in the tree; those that wait for the sealer are left out."""
    with connection.cursor() as cursor:
        cursor.execute("select deed, position from trail.position where deed = any(%s)", [list(deeds)])
        return dict(cursor.fetchall())
