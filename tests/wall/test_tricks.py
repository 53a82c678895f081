"""T34, the second wall: with plain SQL as the login `outside`, by whatever trick, nobody sees another hospital's rows."""

import secrets

import psycopg
import pytest
from psycopg import sql

from anwei.core.registers import registers
from tests.trail.factory import connect
from tests.wall.conftest import Outsider, Two, issued

App = psycopg.Connection[tuple[object, ...]]
NO_TICKET = "AW006"
REFUSED = {"42501", "42939", "55P02", "0LP01", "22023", "42704", "0A000", "25006", "42883", "42809"}

# each is refused
FORBIDDEN = (
    "set role anwei_app",
    "set role anwei_owner",
    "set role anwei_sealer",
    "set role postgres",
    "set local role anwei_app",
    "set session authorization anwei_app",
    "set session authorization postgres",
    "select set_config('role', 'anwei_app', false)",
    "select set_config('session_authorization', 'anwei_app', false)",
    "set session_replication_role = replica",
    "select wall.issue('{other}', pg_backend_pid())",
    "select wall.withdraw(pg_backend_pid())",
    "select * from wall.ticket",
    "insert into wall.ticket values (pg_backend_pid(), sha256('x'), '{other}', 'infinity')",
    "alter table devices_device disable row level security",
    "alter table devices_device owner to anwei_outside",
    "drop policy outside on devices_device",
    "create policy mine on devices_device to anwei_outside using (true)",
    "alter policy outside on devices_device using (true)",
    "grant select on accounts_grant to anwei_outside",
    "grant anwei_app to anwei_outside",
    "alter role anwei_outside bypassrls",
    "alter role anwei_outside superuser",
    "create role intruder",
    "reassign owned by anwei_app to anwei_outside",
    "create temp table accounts_grant (user_id uuid, kind text, record uuid, until timestamptz)",
    "create temp view v as select * from devices_device",
    "create view public.v as select * from devices_device",
    "create table public.t (id int)",
    "create schema mine",
    "create function pg_temp.leak(text) returns bool language sql cost 0.0001 as 'select true'",
    "create function public.leak(text) returns bool language sql as 'select true'",
    "create or replace function wall.holder() returns uuid language sql as 'select null::uuid'",
    "insert into accounts_grant (id, user_id, kind, record) values (gen_random_uuid(), '{me}', 'hospital', '{hospital}')",
    "update devices_device set hospital_id = hospital_id",
    "delete from devices_device",
    "truncate devices_device",
    "select * from devices_device for update",
    "merge into devices_device d using (select 1) s on true when matched then delete",
    "copy devices_device (serial) from stdin",
    "copy devices_device (serial) to program 'cat'",
    "copy devices_device (serial) to '/tmp/stolen'",
    "select pg_read_file('/etc/passwd')",
    "select lo_import('/etc/passwd')",
    "select pg_ls_dir('.')",
    "load 'plpgsql_check'",
    "select * from pg_statistic",
    "select * from pg_authid",
    "select * from pg_shadow",
    "select * from pg_statistic_ext_data",
    "select password from accounts_user",
    "select * from accounts_user",
    "select secret_hash from accounts_token",
    "select * from accounts_grant",
    "select * from django_session",
    "select * from trail.change",
    "select * from trail.deed",
    "select trail.open(gen_random_uuid(), 'x', '')",
    "select phone from staff_engineer",
    "select phone from intake_faultrequest",
    "select cost from parts_part",
    "select reason_note from settlement_settlementline",
    "do $$ begin execute 'set role anwei_app'; end $$",
    "do $$ begin execute 'create table public.t ()'; end $$",
    "alter system set row_security = off",
    "create extension dblink",
    "create event trigger e on ddl_command_end execute function wall.holder()",
    "create subscription s connection 'host=x' publication p",
    "security label on table devices_device is 'x'",
)
# each goes through, and gains nothing
USELESS = (
    "reset role",
    "set role none",
    "reset session authorization",
    "set session authorization default",
    "reset all",
    "discard plans",
    "set search_path = pg_temp, pg_catalog, public",
    "select set_config('anwei.hospital', '{hospital}', false)",
    "select set_config('anwei.user', '{other}', false)",
    "set plan_cache_mode = force_generic_plan",
    "set enable_seqscan = off",
    "set constraint_exclusion = on",
    "set transaction_isolation = serializable",
    "set default_transaction_read_only = on",
    "do $$ begin perform set_config('anwei.holder', '{other}', false); end $$",
    "listen anwei",
    "prepare p as select serial from devices_device",
)
# other ways to read, each gives text
READINGS = (
    "select string_agg(serial, ' ') from devices_device",
    "select query_to_xml('select serial from devices_device', true, true, '')::text",
    "select table_to_xml('devices_device', true, true, '')::text",
    "select string_agg(to_jsonb(d)::text, ' ') from devices_device d",
    "select string_agg(d::text, ' ') from (select serial, hospital_id from devices_device) d",
    "select string_agg(d.serial, ' ') from organisations_organisation o left join devices_device d on true",
    "select string_agg(d.serial, ' ') from devices_device d tablesample system (100)",
    "with recursive r as (select serial from devices_device union select serial from r) select string_agg(serial, ' ') from r",
    "select string_agg(v::text, ' ') from pg_stats s, lateral (select s.most_common_vals::text || s.histogram_bounds::text) x (v)",
    "select string_agg(coalesce(s.most_common_vals::text, ''), ' ') from pg_stats_ext s",
    "select string_agg(query, ' ') from pg_stat_activity where pid <> pg_backend_pid()",
    "select string_agg(name, ' ') from organisations_organisation",
    "select string_agg(details::text, ' ') from devices_event",
)
# errors that speak of the value which they fell over
ERRORS = (
    "select serial::int from devices_device",
    "select serial::uuid from devices_device",
    "select 1 / (case when serial like '%%OTHERS%%' then 0 else 1 end) from devices_device",
    "select id from devices_device where serial::int = 1",
    "select to_date(serial, 'YYYY') from devices_device",
    "select number::numeric from devices_device where 1 / (case serial when 'AW-OTHERS-2' then 0 else 1 end) = 1",
    "select serial::xml from devices_device where serial > 'A' collate \"C\" and xmlparse(content '<' || serial) is not null",
    "select regexp_match(serial, serial || '(') from devices_device",
    "select ('{' || serial)::jsonb from devices_device",
    "select convert_from(convert_to(serial, 'UTF8') || '\\xff', 'UTF8') from devices_device",
    "select name::int from organisations_organisation",
)


def of(two: Two, statement: str) -> str:
    """Put the keys into a statement."""
    values = {"other": two.other.pk, "me": two.me.pk, "hospital": two.others.hospital_id}
    for name, value in values.items():
        statement = statement.replace(f"{{{name}}}", str(value))
    return statement


@pytest.mark.parametrize("table", sorted(w.model._meta.db_table for w in registers.walled))
def test_without_a_ticket_nothing_is_read(outsider: Outsider, table: str) -> None:
    try:
        found = outsider.connection.execute(sql.SQL("select count(*) from {}").format(sql.Identifier(table))).fetchall()
    except psycopg.Error as error:
        assert error.sqlstate == NO_TICKET
    else:
        assert found == [(0,)]  # an empty table asks for no ticket


def test_a_ticket_opens_ones_own_rows(two: Two, admitted: Outsider) -> None:
    assert admitted.devices() == {two.mine.serial}


def test_a_ticket_that_was_made_up_opens_nothing(two: Two, admitted: Outsider) -> None:
    for forged in ("", "x", str(two.other.pk), secrets.token_hex(32), "0" * 64, "' or true --"):
        admitted.show(forged)
        assert admitted.refused("select serial from devices_device") == NO_TICKET


def test_the_ticket_of_somebody_else_is_good_on_their_connection_alone(two: Two, outsider: Outsider, app: App) -> None:
    theirs = Outsider()
    stolen = issued(app, two.other, theirs.backend)
    theirs.show(stolen)
    assert theirs.devices() == {two.others.serial}
    outsider.show(stolen)
    assert outsider.refused("select serial from devices_device") == NO_TICKET
    outsider.show(issued(app, two.me, outsider.backend))
    assert outsider.devices() == {two.mine.serial}
    outsider.show(stolen)
    assert outsider.refused("select serial from devices_device") == NO_TICKET
    theirs.connection.close()


def test_a_ticket_ends_by_itself_and_when_it_is_withdrawn(two: Two, admitted: Outsider, app: App) -> None:
    with connect("owner") as owner:
        owner.execute("update wall.ticket set ends = clock_timestamp() where backend = %s", [admitted.backend])
    assert admitted.refused("select serial from devices_device") == NO_TICKET
    admitted.show(issued(app, two.me, admitted.backend))
    assert admitted.devices() == {two.mine.serial}
    app.execute("select wall.withdraw(%s)", [admitted.backend])
    assert admitted.refused("select serial from devices_device") == NO_TICKET


def test_a_newer_ticket_ends_the_older_one(two: Two, outsider: Outsider, app: App) -> None:
    older, newer = issued(app, two.other, outsider.backend), issued(app, two.me, outsider.backend)
    outsider.show(older)
    assert outsider.refused("select serial from devices_device") == NO_TICKET
    outsider.show(newer)
    assert outsider.devices() == {two.mine.serial}


def test_nobody_of_ours_and_nobody_disabled_gets_a_ticket(two: Two, outsider: Outsider, app: App) -> None:
    from anwei.foundation.accounts.tests.factory import make_user

    with pytest.raises(psycopg.Error, match="does not come from outside"):
        issued(app, make_user("insider", "auditor"), outsider.backend)


@pytest.mark.parametrize("trick", FORBIDDEN)
def test_a_trick_is_refused(two: Two, admitted: Outsider, trick: str) -> None:
    assert admitted.refused(of(two, trick)) in REFUSED
    assert admitted.devices() == {two.mine.serial}


@pytest.mark.parametrize("trick", USELESS)
def test_a_trick_gains_nothing(two: Two, admitted: Outsider, trick: str) -> None:
    admitted.refused(of(two, trick))
    if admitted.refused("select serial from public.devices_device") != NO_TICKET:
        assert {s for (s,) in admitted.connection.execute("select serial from public.devices_device").fetchall()} == {two.mine.serial}


def test_without_row_security_a_reading_is_refused(admitted: Outsider) -> None:
    admitted.connection.execute("set row_security = off")
    assert admitted.refused("select serial from devices_device") == "42501"


@pytest.mark.parametrize("reading", READINGS)
def test_no_other_way_of_reading_tells_more(two: Two, admitted: Outsider, reading: str) -> None:
    with connect("owner") as owner:
        owner.execute("analyze")
    try:
        row = admitted.connection.execute(reading).fetchone()
    except psycopg.errors.FeatureNotSupported:  # a PostgreSQL made without XML
        row = ("",)
    assert row
    for foreign in (two.others.serial, two.others.number, str(two.others.pk), str(two.others.hospital_id), two.others.hospital.name):
        assert foreign not in str(row[0])


@pytest.mark.parametrize("statement", ERRORS)
def test_no_error_tells_of_a_row_that_is_not_seen(two: Two, admitted: Outsider, statement: str) -> None:
    try:
        told = str(admitted.connection.execute(statement).fetchall())
    except psycopg.Error as error:
        told = f"{error} {error.diag.message_detail} {error.diag.context}"
        assert error.sqlstate != "22012"  # a division by zero would say that the other row was looked at
    assert two.others.serial not in told and two.others.number not in told and two.others.hospital.name not in told


def test_a_copy_out_holds_ones_own_rows_alone(two: Two, admitted: Outsider) -> None:
    with admitted.connection.cursor().copy("copy (select serial from devices_device) to stdout") as copy:
        told = b"".join(bytes(block) for block in copy).decode()
    assert two.mine.serial in told and two.others.serial not in told
    with admitted.connection.cursor().copy("copy devices_device (serial) to stdout") as copy:
        told = b"".join(bytes(block) for block in copy).decode()
    assert two.mine.serial in told and two.others.serial not in told


def test_a_filter_of_the_reader_never_runs_on_a_row_of_others(two: Two, admitted: Outsider) -> None:
    notices: list[str] = []
    admitted.connection.add_notice_handler(lambda diag: notices.append(str(diag.message_primary)))
    admitted.connection.execute(
        "do $$ declare r record; begin for r in select serial from devices_device loop raise notice '%', r.serial; end loop; end $$"
    )
    assert notices == [two.mine.serial]
