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
from anwei.core.translations import compile_catalogues

database.prepare("app")
compile_catalogues(Path(__file__).parents[1])  # before anything is translated

import psycopg
import pytest
from django.db import connection

SOURCE = Path(__file__).parents[1]
SHAPES = ("**/migrations/*.py", "**/sql/*.sql", "**/shipped/**/*.yaml", "**/permissions.py", "**/installation.py", "config/shipped.py")
LOGINS = [f"ANWEI_DSN_{login.upper()}" for login in database.LOGINS]


def _with_name(dsn: str, name: str) -> str:
    return urlunparse(urlparse(dsn)._replace(path=f"/{name}"))


def _owner(statement: str, name: str = "anwei") -> list[Any]:
    with psycopg.connect(_with_name(os.environ["ANWEI_DSN_OWNER"], name), autocommit=True) as owner:
        cursor = owner.execute(statement)
        return cursor.fetchall() if cursor.description else []


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


@contextmanager
def cloned(name: str) -> Iterator[str]:
    """Point the default connection at a fresh clone of the template, and drop it afterwards."""
    _owner(f"drop database if exists {name} with (force)")
    _owner(f"create database {name} template {template()}")
    before = {dsn: os.environ[dsn] for dsn in LOGINS}
    connection.close()
    was = connection.settings_dict["NAME"]
    os.environ.update({dsn: _with_name(value, name) for dsn, value in before.items()})
    connection.settings_dict["NAME"] = name
    try:
        yield name
    finally:
        connection.close()
        connection.settings_dict["NAME"] = was
        os.environ.update(before)
        _owner(f"drop database if exists {name} with (force)")


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """Clone the template for this worker; fast tests roll back in it."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    # one test is one transaction here, however long it thinks
    connection.settings_dict["OPTIONS"]["options"] = "-c transaction_timeout=0 -c idle_in_transaction_session_timeout=0"
    with django_db_blocker.unblock(), cloned(f"test_{worker}_{os.getpid()}"):
        yield


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """Give a test a database of its own in which commits are real; threads and processes may join it."""
    with django_db_blocker.unblock(), cloned(f"commit_{os.getpid()}") as name:
        yield name


@pytest.fixture(scope="module")
def committed_together(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """Give the tests of a module one such database together: quicker, for tests that do not mind what the others left."""
    with django_db_blocker.unblock(), cloned(f"together_{os.getpid()}") as name:
        yield name
