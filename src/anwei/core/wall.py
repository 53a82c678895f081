"""The second wall: who comes from outside reads through a database login of its own, a deed runs as the application.

The doors enter the wall once they know who it is; `deliver` steps back inside for the deed. The port is fulfilled by `accounts`.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Protocol

from django.db import Error, models

from anwei.core.actor import Actor

INSUFFICIENT_PRIVILEGE = "42501"
SIDES = frozenset({"hospital", "distributor"})


@dataclass(frozen=True, slots=True)
class Walled:
    """What people from outside may read of a table; a table without one is closed to them.

    `rows` is a condition in SQL on a row and says the same as `visible_to`. `{hospital}`, `{distributor}` … stand for any id of that
    kind which the reader is granted, `{user}` for the reader; other tables in it are narrowed by their own conditions.
    """

    model: type[models.Model]
    rows: str
    besides: str = ""  # further rows: what the pages are drawn by, of which `visible_to` knows nothing
    names: Sequence[str] = ()  # foreign keys: a row that a visible one points at may be read with it, else that one could not be shown
    hidden: Sequence[str] = ()  # columns that no page from outside shows


class Wall(Protocol):
    """The port."""

    def outside(self, actor: Actor) -> AbstractContextManager[None]:
        """Read as somebody from outside."""

    def inside(self) -> AbstractContextManager[None]:
        """Read and write as the application."""


_wall: Wall | None = None


def wire_wall(wall: Wall) -> Wall | None:
    """Fulfil the port, and return what fulfilled it before."""
    global _wall
    before, _wall = _wall, wall
    return before


def _standing() -> Wall:
    if _wall is None:
        raise RuntimeError("the wall is not wired")
    return _wall


def outside(actor: Actor | None) -> AbstractContextManager[None]:
    """Let everything be read through the wall that is read within the block, if the actor comes from outside; else change nothing."""
    return _standing().outside(actor) if actor is not None and actor.side in SIDES else nullcontext()


def inside() -> AbstractContextManager[None]:
    """Be the application within the block: for deeds, and for what the system keeps for itself."""
    return _standing().inside()


def is_closed(error: Exception) -> bool:
    """Say whether an error is the wall's: a table or a column was asked for that people from outside may not read."""
    return isinstance(error, Error) and getattr(error.__cause__, "sqlstate", "") == INSUFFICIENT_PRIVILEGE


def streamed(actor: Actor, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Give the pieces of an answer that is made while it is sent: each is made behind the wall, none is held open between them."""
    source = iter(chunks)
    while True:
        with outside(actor):
            chunk = next(source, None)
        if chunk is None:
            return
        yield chunk
