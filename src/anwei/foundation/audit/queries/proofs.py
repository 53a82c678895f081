"""The proof that an entry stands in the signed tree."""

from base64 import b64encode
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from anwei.core.actor import Actor
from anwei.core.errors import NoRight
from anwei.foundation.audit import sealed
from anwei.foundation.audit.merkle import inclusion_path
from anwei.foundation.audit.note import Checkpoint
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
