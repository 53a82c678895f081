"""Whether the database has the state of this very code: then nothing need be migrated, installed or built at a start.

The answer is kept with what it speaks of, as the comment on the schema `trail`: it goes where the data goes, and is gone with them.
"""

import hashlib
import os
from collections.abc import Iterator
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import sql

SOURCE = Path(__file__).parents[1]
SHAPES = ("*.py", "*.sql", "*.yaml", "*.csv")  # everything that migrations, shipped rules and the demo company are made from


def fits() -> bool:
    """Say whether the code that last confirmed the state of this database was exactly this one. Asks as the owner."""
    with _owner() as owner:
        found = owner.execute("select obj_description(to_regnamespace('trail'), 'pg_namespace')").fetchone()
    return found == (fingerprint(),)


def confirm() -> None:
    """Write down that the database now has the state of this code."""
    with _owner() as owner:
        owner.execute(sql.SQL("comment on schema trail is {}").format(fingerprint()))


def forget() -> None:
    """Take the confirmation away, before the state is touched."""
    with _owner() as owner:
        if owner.execute("select to_regnamespace('trail')").fetchone() != (None,):
            owner.execute("comment on schema trail is null")


def fingerprint() -> str:
    """Return what tells this code and the packages it runs with from any other."""
    state = hashlib.sha256()
    for word in _words():
        state.update(word + b"\0")
    return f"fits {state.hexdigest()}"


def _words() -> Iterator[bytes]:
    for path in sorted(path for shape in SHAPES for path in SOURCE.rglob(shape)):
        place = path.relative_to(SOURCE)
        if "tests" not in place.parts:
            yield str(place).encode()
            yield hashlib.sha256(path.read_bytes()).digest()
    yield from (name.encode() for name in packages())
    yield version("anwei").encode()


def packages() -> list[str]:
    """Return the installed packages with their versions, by name: their tables are ours too."""
    spec = find_spec("django")
    assert spec and spec.origin
    return sorted(path.name for path in Path(spec.origin).parents[1].glob("*.dist-info"))


def _owner() -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(os.environ["ANWEI_DSN_OWNER"], autocommit=True)
