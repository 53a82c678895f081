"""T31: every operation, collection and route stands in one golden table of who may do what."""

import json
import os
from pathlib import Path

import pytest

from anwei.foundation.accounts.queries import matrix

pytestmark = pytest.mark.django_db
GOLDEN = Path(__file__).parent / "matrix.json"


def test_no_route_is_silent_about_who_may_open_it() -> None:
    assert matrix().unlisted == []


def test_the_matrix_is_the_one_that_was_looked_at() -> None:
    table = matrix()
    now = {f"{row.kind} {row.name}": {"right": row.right or row.why, **row.roles} for row in table.rows}
    if os.environ.get("ANWEI_WRITE_MATRIX"):
        GOLDEN.write_text("{\n" + ",\n".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in sorted(now.items())) + "\n}\n")
    then = json.loads(GOLDEN.read_text(encoding="utf-8"))
    assert {k for k in now if now[k] != then.get(k)} == set(), "look at it, then run: make matrix"
    assert set(then) - set(now) == set(), "these are gone: make matrix"
