"""Start or join the embedded PostgreSQL of a data home.

A process that called `acquire` keeps the server alive until it ends or calls `release`; the last one to leave lets the keeper
stop it. A program started by `exec` (a subprocess) does not inherit the lease and acquires its own. A *forked* worker shares the lease of
its parent: the server stays until both are gone, and `release` in one of them does not take it from the other.
"""

import atexit
import fcntl
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from io import BufferedWriter
from pathlib import Path

from anwei.config import places
from anwei.config.embedded import cluster, keeper
from anwei.config.embedded.keeper import PORT, answers, free, grab, ready
from anwei.config.embedded.layout import Layout
from anwei.config.embedded.logins import DATABASE, ROLES, recall
from anwei.config.embedded.refusals import EnvironmentRefusal, failure, refusing

__all__ = ["EnvironmentRefusal", "Server", "acquire", "release"]

PATIENCE = 60.0  # seconds without any sign of progress


@dataclass(frozen=True)
class Server:
    """A running server, for as long as this process holds its lease."""

    socket: Path
    name: str = DATABASE
    passwords: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    def dsn(self, login: str) -> dict[str, str]:
        """Return psycopg's keywords for one of the logins owner, app, sealer, outside."""
        role = ROLES[login]
        return {"host": str(self.socket), "port": PORT, "user": role, "password": self.passwords[role], "dbname": self.name}


_held: dict[Layout, tuple[BufferedWriter, Server]] = {}
_turn = threading.Lock()


def acquire(home: Path | None = None) -> Server:
    """Start or join the server of a data home and hold its lease for the life of this process.

    :raises EnvironmentRefusal: with a sentence for people, when this machine does not let it run
    """
    layout = Layout.of(home or places.home())
    with _turn, refusing(layout.home):
        if layout not in _held:
            _held[layout] = _join(layout)
        return _held[layout][1]


@atexit.register
def release() -> None:
    """Give back the leases of this process."""
    with _turn:
        while _held:
            layout, (lease, _) = _held.popitem()
            lease.close()
            with suppress(EnvironmentRefusal, OSError):
                _hand_over(layout)


def _hand_over(layout: Layout) -> None:
    """Return when a living keeper has taken the lease, or others hold it; nobody else would stop the server.

    To find the keeper's lock taken is not enough: a killed keeper holds it a moment longer.
    """
    while free(layout.lock("lease")) and not free(layout.lock("server")):
        _ensure_keeper(layout)
        time.sleep(0.01)


def _join(layout: Layout) -> tuple[BufferedWriter, Server]:
    """Pass the gate, take the lease, see that a server runs."""
    layout.make()
    with _wait_for(layout, "gate"):
        lease = _wait_for(layout, "lease", fcntl.LOCK_SH)
        try:
            _await_server(layout)
            return lease, Server(layout.socket, DATABASE, recall(layout.passwords))
        except BaseException:
            lease.close()
            raise


def _wait_for(layout: Layout, name: str, mode: int = fcntl.LOCK_EX) -> BufferedWriter:
    """Return the open file that holds the lock."""
    deadline = time.monotonic() + PATIENCE
    while (lock := grab(layout.lock(name), mode)) is None:
        if time.monotonic() > deadline:
            raise EnvironmentRefusal("busy", home=layout.home, seconds=round(PATIENCE))
        time.sleep(0.01)
    return lock


def _await_server(layout: Layout) -> None:
    """Return when a kept server takes work; a keeper that gave up, or was killed, is replaced once."""
    heard = layout.log.stat().st_size
    starts, deadline = 0, time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if free(layout.lock("keeper")):
            if starts == 2:
                break
            _ensure_keeper(layout)
            starts, deadline = starts + 1, time.monotonic() + PATIENCE
        # in this order: the pid file of a dead server may still say so, but a dead server does not answer
        if answers(layout.socket):
            if ready(layout.data):
                return
            deadline = time.monotonic() + PATIENCE  # it recovers from a crash
        time.sleep(0.01)
    with layout.log.open(errors="replace") as log:
        log.seek(heard)
        raise failure(layout.home, layout.log, log.read())


def _ensure_keeper(layout: Layout) -> None:
    """Start a keeper unless one lives; build first what it needs."""
    if (lock := grab(layout.lock("keeper"))) is None:
        return
    with lock, layout.log.open("ab") as log:
        programs = cluster.install(layout)
        if not layout.data.exists():
            with _wait_for(layout, "server") as server:
                cluster.build(layout, programs, server)
        cluster.check(layout)
        subprocess.run(
            [sys.executable, "-I", "-S", keeper.__file__, layout.base, layout.socket, programs, str(layout.uid), str(layout.gid)],
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=[lock.fileno()],
            start_new_session=True,
            check=False,  # it ends as soon as the keeper has forked; whether that one lives shows in its lock
        )
