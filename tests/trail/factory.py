"""A sealer of the tests' own, and deeds to seal."""

import inspect
import os
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection

from anwei.config.embedded.logins import SUPERUSER, recall
from anwei.core.operation import Operation
from anwei.foundation.accounts.permissions import SIGN_IN
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.audit.note import Signer
from anwei.foundation.audit.sealer import Pass, publish_newest, seal_all
from anwei.foundation.branches.models import Branch
from anwei.foundation.branches.operations import open_branch


def connect(login: str) -> psycopg.Connection[tuple[Any, ...]]:
    """Connect to the test's database by a login of its own."""
    return psycopg.connect(os.environ[f"ANWEI_DSN_{login.upper()}"], autocommit=True)


def deed(function: Callable[..., Any]) -> Operation[..., Any]:
    """Make a function an operation of the tests' own, which no register lists."""
    return Operation(f"tests.{function.__name__}", SIGN_IN, None, function, inspect.signature(function, eval_str=True))


@contextmanager
def as_superuser() -> Iterator[None]:
    """Let Django's own connection be who owns the whole cluster: the strongest attacker there is."""
    passwords = recall(settings.TRAIL_KEY.parent / "database.json")
    was = {name: connection.settings_dict[name] for name in ("USER", "PASSWORD")}
    connection.close()
    connection.settings_dict |= {"USER": SUPERUSER, "PASSWORD": passwords[SUPERUSER]}
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict |= was


def settle() -> None:
    """Wait until all that was done so far lies below the horizon: tests beside this one work in the same cluster."""
    with connect("app") as app:
        now = app.execute("select pg_current_xact_id()::text").fetchone()
        deadline = time.monotonic() + 600  # as long as the longest test beside this one may hold its transaction
        while app.execute("select pg_snapshot_xmin(pg_current_snapshot()) > %s::xid8", now).fetchone() != (True,):
            assert time.monotonic() < deadline, "somebody's transaction does not end"
            time.sleep(0.02)


def seal(key: Path, copies: Path | None = None) -> Pass:
    """Seal all that was done so far, copy the newest checkpoint outside, and return the last pass."""
    settle()
    signer = Signer.kept_in(key)
    with connect("sealer") as connection:
        passes = seal_all(connection, signer)
        if copies:
            publish_newest(connection, copies, signer)
    return passes[-1]


def open_branches(number: int = 1) -> list[Branch]:
    """Do some deeds: open branches, each with a code that no other test has."""
    system = system_actor("test")
    codes = [secrets.token_hex(2) for _ in range(number)]
    return [open_branch(actor=system, code=code, name_zh=f"{code}分公司", name_en=f"Branch {code}", provinces=[]) for code in codes]
