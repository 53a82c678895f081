"""T24: no change of any table escapes the trail, by whatever way it is made; and the application cannot switch the trail off.

Rows are made from the fields of each model, so that tables added later are held to the same.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, models, transaction

from anwei.core.ids import uuid7
from anwei.core.operation import Running, journal
from anwei.core.registers import registers
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.audit.installation import EXEMPT, UNTRACED, business_models, is_exempt
from anwei.foundation.audit.models import Change, Deed
from tests.trail.factory import connect
from tests.trail.rows import drawn, made_row, new_row, written

pytestmark = pytest.mark.django_db
MODELS = business_models()
every_table = pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.db_table)
OUTSIDE_A_DEED = "AW001"
CHECKED = ("23514", "23505", "23502", "23P01")
TRAIL = ("deed", "change", "personal", "answer", "position", "node", "checkpoint")


@pytest.fixture
def chance() -> Random:
    seed = Random().randrange(2**32)
    print(f"seed {seed}")
    return Random(seed)


@contextmanager
def a_deed() -> Iterator[UUID]:
    """Open a deed as a door does, and close it."""
    running = Running("tests.completeness", system_actor("test"), id=uuid7())
    journal().open(running)
    yield running.id
    journal().close(running, "unchanged", 200, None, "")


def changes(deed: UUID, row: Any) -> list[Change]:
    return list(Change.objects.filter(deed=deed, tbl=row._meta.db_table, row_key=str(row.pk)).order_by("seq"))


def stored(row: Any) -> dict[str, Any]:
    """Return a row as the database holds it, without what never enters the trail."""
    with connection.cursor() as cursor:
        cursor.execute("set local timezone to 'UTC'")
        cursor.execute(f'select to_jsonb(t)::text from "{row._meta.db_table}" t where "{row._meta.pk.column}" = %s', [row.pk])
        found: dict[str, Any] = json.loads(cursor.fetchone()[0])
        cursor.execute("set local timezone to default")
    return {column: value for column, value in found.items() if column not in UNTRACED}


def told(change: Change, side: int) -> Any:
    """Return one side of a change with personal values put back from beside the trail."""
    with connection.cursor() as cursor:
        cursor.execute("select col, jsonb_build_array(old, new)::text from trail.personal where change = %s", [change.seq])
        personal = {col: json.loads(pair) for col, pair in cursor.fetchall()}
    for column, pair in personal.items():
        assert all(v is None or str(v).startswith("sha256:") for v in change.delta[column]), "a personal value entered the trail"
        assert pair != change.delta[column]
    plain = {column: pair[side] for column, pair in change.delta.items()} | {column: pair[side] for column, pair in personal.items()}
    return json.loads(json.dumps({column: value for column, value in plain.items() if value is not None}, default=float))


def without_nulls(values: dict[str, Any]) -> dict[str, Any]:
    return {column: value for column, value in values.items() if value is not None}


@every_table
def test_a_row_made_and_deleted_is_told_whole(model: type[models.Model], chance: Random) -> None:
    with a_deed() as deed:
        row = made_row(model, chance)
        (made,) = changes(deed, row)
        assert (made.op, told(made, 1)) == ("I", without_nulls(stored(row)))
        assert told(made, 0) == {}
        was, key = stored(row), row.pk
        row.delete()
        row.pk = key
        gone = changes(deed, row)[-1]
        assert (gone.op, told(gone, 0), told(gone, 1)) == ("D", without_nulls(was), {})
        personal = set(getattr(model, "personal", ()))
        assert {c for c in personal if was[c] is not None} <= {c for c in made.delta if "sha256:" in str(made.delta[c])}


@every_table
def test_each_field_changed_by_a_bulk_update_is_told_alone(model: type[models.Model], chance: Random) -> None:
    generated = {f.column for f in model._meta.local_concrete_fields if f.generated}
    with a_deed() as deed:
        row = made_row(model, chance)
        for field in (f for f in written(model) if not f.primary_key and f.column not in UNTRACED):
            before = stored(row)
            if not changed_alone(row, field, chance):
                continue  # a check of the table ties this field to others
            change = changes(deed, row)[-1]
            assert (change.op, set(change.delta) - generated) == ("U", {field.column})
            assert told(change, 1).get(field.column) == stored(row)[field.column] != before[field.column]
            assert told(change, 0).get(field.column) == before[field.column]


def changed_alone(row: Any, field: Any, chance: Random) -> bool:
    """Change one field of a row to another value that the database takes; say whether there is one."""
    before = stored(row)
    for _attempt in range(40):
        try:
            with transaction.atomic():
                type(row)._base_manager.filter(pk=row.pk).update(**{field.name: drawn(field, chance)})
        except IntegrityError:
            continue
        if stored(row)[field.column] != before[field.column]:
            return True
    return False


@every_table
def test_rows_written_in_bulk_and_by_plain_sql_are_told(model: type[models.Model], chance: Random) -> None:
    with a_deed() as deed:
        rows = [new_row(model, chance) for _ in range(2)]
        model._base_manager.bulk_create(rows[:1])
        model._base_manager.bulk_create(rows[1:])
        for row in rows:
            assert [change.op for change in changes(deed, row)] == ["I"]
        row, table, key = rows[0], model._meta.db_table, model._meta.pk.column
        columns = ", ".join(f'"{f.column}"' for f in model._meta.local_concrete_fields if not f.generated)
        with connection.cursor() as cursor:
            with cursor.copy(f'copy (select {columns} from "{table}" where "{key}" = %s) to stdout', [row.pk]) as copy:
                copied = b"".join(bytes(block) for block in copy)
            cursor.execute(f'with gone as (delete from "{table}" where "{key}" = %s returning 1) select count(*) from gone', [row.pk])
            assert cursor.fetchone() == (1,)
            if model in {walled.model for walled in registers.walled}:  # there PostgreSQL takes no COPY from the application
                with pytest.raises(psycopg.errors.FeatureNotSupported), transaction.atomic():
                    cursor.copy(f'copy "{table}" ({columns}) from stdin').__enter__()
                return
            with cursor.copy(f'copy "{table}" ({columns}) from stdin') as copy:
                copy.write(copied)
        assert [change.op for change in changes(deed, row)] == ["I", "D", "I"]
        assert told(changes(deed, row)[-1], 1) == without_nulls(stored(row))


@every_table
def test_outside_a_deed_nothing_is_written(model: type[models.Model], chance: Random) -> None:
    with a_deed():
        row, other = made_row(model, chance), new_row(model, chance)
    rows = model._base_manager.filter(pk=row.pk)
    assert refusal(lambda: other.save(force_insert=True)) == OUTSIDE_A_DEED
    assert refusal(lambda: model._base_manager.bulk_create([other])) == OUTSIDE_A_DEED
    assert refusal(lambda: rows._raw_delete(rows.db)) == OUTSIDE_A_DEED
    fields = [f for f in written(model) if not f.primary_key and not f.is_relation and f.column not in UNTRACED]
    tried = {field.name: refused_for(rows, field, chance) for field in fields}
    assert set(tried.values()) <= {OUTSIDE_A_DEED, *CHECKED} and (not fields or OUTSIDE_A_DEED in tried.values()), tried


def refused_for(rows: Any, field: Any, chance: Random) -> str:
    """Change a field until it is refused: a value that stands there already changes nothing."""
    return next((state for _ in range(40) if (state := refusal(lambda: rows.update(**{field.name: drawn(field, chance)})))), "")


def refusal(write: Callable[[], object]) -> str:
    """Try to write and return the SQL state of the refusal, empty when there was none."""
    try:
        with transaction.atomic():
            write()
            transaction.set_rollback(True)
    except DatabaseError as error:
        return str(getattr(error.__cause__, "sqlstate", "?"))
    return ""


def test_every_table_of_the_database_is_followed_or_exempt_with_a_reason() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select relname from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace")
        real = {name for (name,) in cursor.fetchall()}
    followed = {model._meta.db_table for model in MODELS}
    assert followed
    assert {name for name in real if not is_exempt(name)} == followed
    assert set(EXEMPT) <= real, "the list of exempt tables names one that is not there"
    assert all(len(reason) > 10 for reason in EXEMPT.values())


@pytest.mark.parametrize(
    "statement",
    [
        *(f"insert into trail.{t} overriding system value select * from trail.{t}" for t in TRAIL),
        *(f"delete from trail.{t}" for t in TRAIL),
        "update trail.deed set reason = ''", "update trail.change set delta = '{}'", "update trail.position set leaf = ''",
        "insert into trail.deed_default select * from trail.deed_default", "truncate trail.deed", "truncate branches_branch",
        "alter table branches_branch disable trigger trail", "alter table branches_branch disable trigger all",
        "drop trigger trail on branches_branch", "set session_replication_role = replica", "set local session_replication_role = replica",
        "alter function trail.capture() security invoker", "create or replace function trail.capture() returns trigger as 'x' language c",
        "create table mine (id int)", "create schema mine", "select trail.make_partitions(1)", "select trail.forget_answers()",
        "set role anwei_owner", "set session authorization anwei_owner", "alter role anwei_app superuser", "drop table branches_branch",
        "alter table branches_branch rename to other", "create policy p on branches_branch",
        "create temp table t (id int); create trigger x after insert on t for each row execute function trail.capture('{}', '{}', 'id')",
    ],
)  # fmt: skip
def test_the_application_cannot_write_the_trail_nor_switch_it_off(statement: str) -> None:
    with connect("app") as app, pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.WrongObjectType)):
        app.execute(statement)


def test_no_table_is_ever_emptied_not_even_by_its_owner() -> None:
    with connect("owner") as owner:
        for model in MODELS:
            with pytest.raises(psycopg.DatabaseError, match="never emptied") as refused:
                owner.execute(f'truncate "{model._meta.db_table}" cascade')
            assert refused.value.sqlstate == "AW003"


def test_nothing_enters_after_its_deed_is_closed(chance: Random) -> None:
    with a_deed(), transaction.atomic():  # a setting made in a savepoint outlives its release
        row = made_row(MODELS[0], chance)
    assert refusal(row.delete) == OUTSIDE_A_DEED


def test_a_deed_that_was_not_opened_is_not_closed() -> None:
    running = Running("tests.unopened", system_actor("test"))

    def close() -> None:
        journal().close(running, "unchanged", 200, None, "")

    assert refusal(close) == "AW002"
    with a_deed():
        assert refusal(close) == "AW002"
    assert not Deed.objects.filter(verb="tests.unopened").exists()
