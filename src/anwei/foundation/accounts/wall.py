"""The outside wall: tickets, the connection that needs them, and the policies that read them.

PostgreSQL lets the login `outside` see the rows that a ticket's holder is granted. `app` issues the ticket as somebody comes in; it
is good for the one connection that the thread took from the pool of `outside`, and is withdrawn as the block ends.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connections
from psycopg import Error as DatabaseError

from anwei.core.actor import Actor

OUTSIDE = "outside"  # the alias of the login
# all that DISCARD ALL does, but for the plans of the wall's own functions: they hold no rows, and making them anew costs more than a page
CLEAN = """close all; set session authorization default; reset all; deallocate all; unlisten *; select pg_advisory_unlock_all();
    discard temp; discard sequences"""


@dataclass(frozen=True, slots=True)
class Admitted:
    """Who reads through the wall in this thread, and the two connections: the application's and the one behind the wall."""

    holder: UUID
    backend: int  # process of the server behind the wall: asked now, since a connection that is lost does not tell it any more
    app: Any
    walled: Any


_admitted: ContextVar[Admitted | None] = ContextVar("anwei_admitted", default=None)


@contextmanager
def _standing(connection: Any) -> Iterator[None]:
    """Let `default` mean this connection: ORM and `atomic` follow without being told."""
    before = connections["default"]
    connections["default"] = connection
    try:
        yield
    finally:
        connections["default"] = before


class PooledWall:
    """The wall of a running system: a login and a pool of its own."""

    @contextmanager
    def outside(self, actor: Actor) -> Iterator[None]:
        """Read as somebody from outside.

        :raises RuntimeError: somebody else is reading already, or a deed has begun: what it issues could not be seen yet
        """
        assert actor.id is not None
        if (admitted := _admitted.get()) is not None:
            if admitted.holder != actor.id:
                raise RuntimeError("two people from outside in one request")
            with _standing(admitted.walled):
                yield
            return
        app, walled = connections["default"], connections[OUTSIDE]
        if app.in_atomic_block:
            raise RuntimeError("somebody comes from outside before a deed begins, not within it")
        walled.ensure_connection()
        who = Admitted(actor.id, walled.connection.info.backend_pid, app, walled)
        token = _admitted.set(who)
        try:
            _admit(who)
            with _standing(who.walled):
                yield
        finally:
            _admitted.reset(token)
            _dismiss(who)

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Be the application."""
        if (admitted := _admitted.get()) is None:
            yield
            return
        with _standing(admitted.app):
            yield


def _admit(who: Admitted) -> None:
    """Issue a ticket for the connection behind the wall, and show it there."""
    with who.app.cursor() as cursor:
        cursor.execute("select wall.issue(%s, %s)", [who.holder, who.backend])
        (ticket,) = cursor.fetchone()
    # as a parameter that the server binds: the text of a statement can be read by every session of the login
    who.walled.connection.execute("select set_config('anwei.ticket', %s, false)", [ticket])


def _dismiss(who: Admitted) -> None:
    """Withdraw the ticket, and give the connection back clean of everything that the session left, or not at all."""
    raw = who.walled.connection
    try:
        with who.app.cursor() as cursor:
            cursor.execute("select wall.withdraw(%s)", [who.backend])
    finally:
        if raw is not None:
            _clean(raw)
        who.walled.close()


def _clean(raw: Any) -> None:
    try:
        raw.execute(CLEAN)  # refused where something broke off within a transaction
    except DatabaseError:
        raw.close()
