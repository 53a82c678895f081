"""The pytest plugin that gives tests a real database, connected as the application.

The owner builds one template database, named by a hash of what shapes it; every worker and every test that needs real commits
clones it. Nothing here flushes by TRUNCATE: business tables refuse it.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlparse, urlunparse

os.environ.setdefault("ANWEI_HOME", os.environ.get("ANWEI_TEST_HOME", ""))
if not os.environ["ANWEI_HOME"]:
    # a home of its own: tests beside a running demo would hold back its sealer
    del os.environ["ANWEI_HOME"]
    from anwei.config.places import home

    os.environ["ANWEI_HOME"] = f"{home()}-tests"
    home.cache_clear()

from anwei.config import database
from anwei.config.embedded.layout import Layout
from anwei.config.embedded.logins import SUPERUSER, recall
from anwei.core.actor import Actor
from anwei.core.translations import compile_catalogues
from anwei.core.wall import Wall, wire_wall
from anwei.foundation.accounts.wall import PooledWall

database.prepare("app")
compile_catalogues(Path(__file__).parents[1])  # before anything is translated

import psycopg
import pytest
from django.db import connection, connections
from psycopg.pq import TransactionStatus

SOURCE = Path(__file__).parents[1]
SHAPES = (
    "**/migrations/*.py", "**/sql/*.sql", "**/shipped/**/*.yaml", "**/permissions.py", "**/installation.py", "config/shipped.py",
    "**/walled.py", "**/policies.py",
)  # fmt: skip
LOGINS = [f"ANWEI_DSN_{login.upper()}" for login in database.LOGINS]


def _with_name(dsn: str, name: str) -> str:
    return urlunparse(urlparse(dsn)._replace(path=f"/{name}"))


def _owner(statement: str, name: str = "anwei") -> list[Any]:
    with psycopg.connect(_with_name(os.environ["ANWEI_DSN_OWNER"], name), autocommit=True) as owner:
        cursor = owner.execute(statement)
        return cursor.fetchall() if cursor.description else []


def _let_the_application_step_down() -> None:
    """Let `app` take the login `outside` in this cluster of tests, for `SharedWall`; a running system has no need of it."""
    dsn = os.environ["ANWEI_DSN_OWNER"]
    if not os.environ.get("DATABASE_URL"):
        made = urlparse(dsn)
        password = recall(Layout.of(Path(os.environ["ANWEI_HOME"])).passwords)[SUPERUSER]
        dsn = urlunparse(made._replace(netloc=f"{SUPERUSER}:{password}@", path="/postgres"))
    with psycopg.connect(dsn, autocommit=True) as keeper:
        keeper.execute("grant anwei_outside to anwei_app")


def template() -> str:
    """Return the name of the template database for this code, built on first use."""
    shape = hashlib.sha256()
    for pattern in SHAPES:
        for path in sorted(SOURCE.glob(pattern)):
            shape.update(str(path.relative_to(SOURCE)).encode() + path.read_bytes())
    name = f"template_{shape.hexdigest()[:16]}"
    with Path(os.environ["ANWEI_HOME"], "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _owner(f"select 1 from pg_database where datname = '{name}'"):
            _let_the_application_step_down()
            _build(name)
    return name


def _build(name: str) -> None:
    part = f"{name}_part"
    _owner(f"drop database if exists {part} with (force)")
    _owner(f"create database {part}")
    env = {**os.environ, **{dsn: _with_name(os.environ[dsn], part) for dsn in LOGINS}}
    subprocess.run([sys.executable, "-m", "anwei.config.main", "migrate", "--json"], env=env, check=True, stdout=subprocess.DEVNULL)
    _owner(f"alter database {part} rename to {name}")


def pytest_sessionfinish() -> None:
    """Leave only the newest templates behind."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        for (old,) in _owner("select datname from pg_database where datname ~ '^template_[0-9a-f]{16}$' order by oid desc offset 3"):
            _owner(f"drop database if exists {old} with (force)")


def _point_at(name: str) -> None:
    for alias in connections:
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name


@contextmanager
def cloned(name: str) -> Iterator[str]:
    """Point the default connection at a fresh clone of the template, and drop it afterwards."""
    _owner(f"drop database if exists {name} with (force)")
    _owner(f"create database {name} template {template()}")
    _owner(f"revoke temporary on database {name} from public")  # as `anwei migrate` does; a template does not hand it on
    _owner(f"grant temporary on database {name} to anwei_app")
    before = {dsn: os.environ[dsn] for dsn in LOGINS}
    was = connection.settings_dict["NAME"]
    os.environ.update({dsn: _with_name(value, name) for dsn, value in before.items()})
    _point_at(name)
    try:
        yield name
    finally:
        _point_at(was)
        os.environ.update(before)
        _owner(f"drop database if exists {name} with (force)")


class SharedWall:
    """The wall for tests that roll back: what they wrote can be seen on their own connection alone, so it changes its login there.

    Tickets, grants and policies are the real ones; that a running system has a connection apart is what tests with real commits show.
    """

    def __init__(self) -> None:
        self.behind = False

    @contextmanager
    def _as(self, login: str, *, behind: bool) -> Iterator[None]:
        before, self.behind = self.behind, behind
        with connection.cursor() as cursor:
            cursor.execute(f"set role {login}")
        try:
            yield
        finally:
            self.behind = before
            if connection.connection.info.transaction_status != TransactionStatus.INERROR:  # else the roll-back does it
                with connection.cursor() as cursor:
                    cursor.execute("set role anwei_outside" if before else "reset role")

    @contextmanager
    def outside(self, actor: Actor) -> Iterator[None]:
        """Read as somebody from outside."""
        if not self.behind:
            with connection.cursor() as cursor:
                cursor.execute("select set_config('anwei.ticket', wall.issue(%s, pg_backend_pid()), false)", [actor.id])
        with self._as("anwei_outside", behind=True):
            yield

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Be the application."""
        if not self.behind:
            yield
            return
        with self._as("anwei_app", behind=False):
            yield


@contextmanager
def walled_by(wall: Wall) -> Iterator[None]:
    """Fulfil the port of the wall otherwise for a while."""
    before = wire_wall(wall)
    try:
        yield
    finally:
        if before:
            wire_wall(before)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """Clone the template for this worker; fast tests roll back in it."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    # one test is one transaction here, however long it thinks
    connection.settings_dict["OPTIONS"]["options"] = "-c transaction_timeout=0 -c idle_in_transaction_session_timeout=0"
    with django_db_blocker.unblock(), cloned(f"test_{worker}_{os.getpid()}"), walled_by(SharedWall()):
        yield


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """Give a test a database of its own in which commits are real; threads and processes may join it."""
    with django_db_blocker.unblock(), cloned(f"commit_{os.getpid()}") as name, walled_by(PooledWall()):
        yield name


@pytest.fixture(scope="module")
def committed_together(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """Give the tests of a module one such database together: quicker, for tests that do not mind what the others left."""
    with django_db_blocker.unblock(), cloned(f"together_{os.getpid()}") as name, walled_by(PooledWall()):
        yield name
