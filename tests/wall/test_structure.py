"""Every table is either in the register of the wall, or closed to the login `outside`; a new one is closed by itself."""

import ast
import os
from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection

from anwei.core.registers import registers
from anwei.foundation.accounts.policies import columns, install_wall
from tests.architecture.tree import SOURCE, hand_written, is_test, syntax
from tests.trail.factory import connect

TABLES = """
    select n.nspname, c.relname, c.relrowsecurity, exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'outside'),
           array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                 and has_column_privilege('anwei_outside', c.oid, a.attnum, 'select') order by a.attnum),
           has_table_privilege('anwei_outside', c.oid, 'insert, update, delete, truncate, references, trigger')
           or has_any_column_privilege('anwei_outside', c.oid, 'insert, update, references')
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') order by 1, 2
"""
FUNCTIONS = """
    select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname not in ('pg_catalog', 'information_schema') and has_function_privilege('anwei_outside', p.oid, 'execute')
      and has_schema_privilege('anwei_outside', n.oid, 'usage')
"""
# where the application steps back inside while somebody from outside is served, each for the reason that stands there
INSIDE = {
    "config/shell.py", "core/operation.py", "core/wall.py", "equipment/contracts/views.py", "foundation/accounts/views/own.py",
    "foundation/accounts/wall.py", "config/testing.py",
}  # fmt: skip
LOGINS = ("app", "sealer", "outside")


@pytest.fixture
def owner(committed_together: str) -> Iterator[None]:
    """Let Django's own connection be the owner's, as in `anwei migrate`."""
    info = psycopg.conninfo.conninfo_to_dict(os.environ["ANWEI_DSN_OWNER"])
    was = {name: connection.settings_dict[name] for name in ("USER", "PASSWORD")}
    connection.close()
    connection.settings_dict |= {"USER": info["user"], "PASSWORD": info["password"]}
    yield
    connection.close()
    connection.settings_dict |= was


def test_every_table_is_in_the_register_with_a_policy_or_closed(committed_together: str) -> None:
    walled = {w.model._meta.db_table: w for w in registers.walled}
    with connect("outside") as outside:
        tables = outside.execute(TABLES).fetchall()
        assert walled.keys() <= {table for _schema, table, *_ in tables}
        for schema, table, narrowed, has_policy, readable, writable in tables:
            assert not writable, table
            if schema == "public" and table in walled:
                assert (narrowed, has_policy, sorted(readable)) == (True, True, sorted(columns(walled[table]))), table
            else:
                assert not readable, table
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    outside.execute(f'select 1 from "{schema}"."{table}"')


def test_no_secret_and_no_note_of_ours_is_granted() -> None:
    granted = {w.model._meta.db_table: set(columns(w)) for w in registers.walled}
    assert not granted["accounts_user"] & {"password", "last_login", "email", "phone"}
    assert not granted["staff_engineer"] & {"phone", "home_adcode", "rate"}
    assert not granted["intake_faultrequest"] & {"name", "phone"}
    assert "reason_note" not in granted["settlement_settlementline"]
    assert not granted.keys() & {"accounts_token", "accounts_grant", "django_session", "parts_part", "stock_balance", "ledger_line"}


def test_it_may_call_two_functions_of_ours(committed_together: str) -> None:
    with connect("outside") as outside:
        assert {name for (name,) in outside.execute(FUNCTIONS).fetchall()} == {"wall.holder()", "wall.ids(text)"}


@pytest.mark.usefixtures("owner")
def test_a_new_table_is_closed_by_itself() -> None:
    with connection.cursor() as cursor:
        cursor.execute("create table public.brand_new (id int)")
    with connect("outside") as outside, pytest.raises(psycopg.errors.InsufficientPrivilege):
        outside.execute("select 1 from brand_new")


@pytest.mark.usefixtures("owner")
def test_installing_again_changes_nothing_and_mends_what_left_the_register(monkeypatch: pytest.MonkeyPatch) -> None:
    def policies() -> list[tuple[object, ...]]:
        with connection.cursor() as cursor:
            cursor.execute("select oid, polrelid, xmin::text from pg_policy order by oid")
            return list(cursor.fetchall())

    before = policies()
    install_wall()
    assert policies() == before
    monkeypatch.setattr(registers, "walled", [w for w in registers.walled if w.model._meta.db_table != "notices_notice"])
    install_wall()
    with connect("outside") as outside, pytest.raises(psycopg.errors.InsufficientPrivilege):
        outside.execute("select 1 from notices_notice")
    monkeypatch.undo()
    install_wall()
    with connect("outside") as outside, pytest.raises(psycopg.Error, match="no ticket"):
        outside.execute("select 1 from notices_notice")


def test_the_application_steps_back_inside_only_where_it_says_why() -> None:
    calls = {
        str(path.relative_to(SOURCE))
        for path in hand_written(".py", within=(SOURCE,))
        if not is_test(path)
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == "inside"
    }
    assert calls and calls <= INSIDE
