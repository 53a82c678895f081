-- The tickets of the outside wall. Run as owner, after the tables stand; safe to run again.
-- A ticket is random, ends by itself, and is good for one connection of the login `outside` alone: who reads it elsewhere has nothing.
create schema if not exists wall;
revoke all on schema wall from public;
grant usage on schema wall to anwei_app, anwei_outside;

create unlogged table if not exists wall.ticket (
    backend int primary key,  -- process of the connection it was issued for: a new one takes the place of the old
    secret bytea not null,    -- its digest
    holder uuid not null,
    ends timestamptz not null
);
revoke all on wall.ticket from public, anwei_app, anwei_sealer, anwei_outside;

create or replace function wall.issue(given_holder uuid, given_backend int) returns text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    secret text := encode(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 'hex');
begin
    if not exists (select from public.accounts_user u where u.id = given_holder and u.is_active and u.side in ('hospital', 'distributor')) then
        raise exception 'no ticket for somebody who does not come from outside' using errcode = 'AW007';
    end if;
    insert into wall.ticket values (given_backend, sha256(secret::bytea), given_holder, clock_timestamp() + interval '15 minutes')
        on conflict (backend) do update set (secret, holder, ends) = (excluded.secret, excluded.holder, excluded.ends);
    return secret;
end $$;

create or replace function wall.withdraw(given_backend int) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
    delete from wall.ticket where backend = given_backend
$$;

-- who reads: never a setting that says so, only a ticket that proves it
create or replace function wall.holder() returns uuid
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
    found uuid;
begin
    select t.holder into found from wall.ticket t join public.accounts_user u on u.id = t.holder and u.is_active
        where t.backend = pg_backend_pid() and t.ends > clock_timestamp()
          and t.secret = sha256(coalesce(current_setting('anwei.ticket', true), '')::bytea);
    if found is null then
        raise exception 'no ticket' using errcode = 'AW006';
    end if;
    return found;
end $$;

-- in plpgsql, whose plans the session keeps: a page asks some fifty times
create or replace function wall.ids(given_kind text) returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
    reader uuid := wall.holder();
begin
    return coalesce((select array_agg(g.record) from public.accounts_grant g
        where g.user_id = reader and g.kind = given_kind and (g.until is null or g.until > statement_timestamp())), '{}');
end $$;

revoke execute on all functions in schema wall from public, anwei_app, anwei_sealer, anwei_outside;
grant execute on function wall.issue(uuid, int), wall.withdraw(int) to anwei_app;
grant execute on function wall.holder(), wall.ids(text) to anwei_outside;
-- a temporary table could stand before one of ours in somebody's search path
do $$ begin
    execute format('revoke temporary on database %I from public', current_database());
    execute format('grant temporary on database %I to anwei_app', current_database());
end $$;
