"""Building the outside wall into the database: what the login `outside` is granted, and the policies that narrow it. Runs as owner."""

from collections import defaultdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from anwei.core.registers import registers
from anwei.core.wall import Walled

TICKETS = Path(__file__).parent / "sql" / "tickets.sql"
KINDS = ("hospital", "distributor", "device", "order")
# a subquery is asked once for a statement, not once for a row
READER = {
    "user": "(select wall.holder())",
    **{kind: f"any ((select wall.ids('{kind}'))::uuid[])" for kind in KINDS},
}


def install_wall() -> None:
    """Grant the login `outside` what the register says and nothing else; a table whose rules stand already is not touched."""
    with connection.cursor() as cursor:
        cursor.execute(TICKETS.read_text(encoding="utf-8"))
        for table, statements in wanted().items():
            mark = sha256("".join(statements).encode()).hexdigest()
            cursor.execute("select obj_description(to_regclass(%s), 'pg_class')", [f'public."{table}"'])
            if cursor.fetchone() != (f"wall {mark}",):
                with transaction.atomic():  # a table is never half behind the wall
                    for statement in (*statements, f"comment on table public.\"{table}\" is 'wall {mark}'"):
                        cursor.execute(statement)


def wanted() -> dict[str, list[str]]:
    """Return for every table the statements that bring it behind the wall: closed, unless it stands in the register."""
    named, walled = _named(), {w.model._meta.db_table: w for w in registers.walled}
    tables = [m._meta.db_table for m in apps.get_models(include_auto_created=True) if m._meta.managed and "." not in m._meta.db_table]
    return {t: _opened(walled[t], named[t]) if t in walled else _closed(t) for t in sorted(tables)}


def columns(walled: Walled) -> list[str]:
    """Return the columns of a table that may be read from outside.

    :raises ValueError: a column that is hidden is not there
    """
    known = [str(f.column) for f in walled.model._meta.local_concrete_fields]
    if unknown := set(walled.hidden) - set(known):
        raise ValueError(f"the wall hides columns that {walled.model._meta.label} does not have: {sorted(unknown)}")
    return [column for column in known if column not in walled.hidden]


def condition(walled: Walled) -> str:
    """Return the condition that says the same as `visible_to`, as PostgreSQL reads it."""
    return walled.rows.format(**READER)


def _named() -> dict[str, list[str]]:
    """Return for each table the conditions under which a visible row of another one names its rows."""
    found = defaultdict(list)
    for walled in registers.walled:
        for name in walled.names:
            field: Any = walled.model._meta.get_field(name)
            to: type[models.Model] = field.related_model
            table, target = walled.model._meta.db_table, to._meta.db_table
            found[target].append(f'exists (select from "{table}" n where n."{field.column}" = "{target}"."{_key(to)}")')
    return found


def _key(model: type[models.Model]) -> str:
    assert model._meta.pk.column
    return model._meta.pk.column


def _closed(table: str) -> list[str]:
    return [
        f'revoke all on public."{table}" from public, anwei_outside',
        f'alter table public."{table}" disable row level security',
        f'drop policy if exists outside on public."{table}"',
        f'drop policy if exists inside on public."{table}"',
    ]


def _opened(walled: Walled, named: list[str]) -> list[str]:
    table = walled.model._meta.db_table
    either = " or ".join(f"({c})" for c in (condition(walled), walled.besides.format(**READER), *named) if c)
    if "wall." not in either:  # what is no secret is told to who shows a ticket, too
        either = f"(select wall.holder()) is not null and ({either})"
    granted = ", ".join(f'"{column}"' for column in columns(walled))
    return [
        *_closed(table),
        f'create policy inside on public."{table}" to anwei_app, anwei_sealer using (true) with check (true)',
        f'create policy outside on public."{table}" for select to anwei_outside using ({either})',
        f'alter table public."{table}" enable row level security',
        f'grant select ({granted}) on public."{table}" to anwei_outside',
    ]
