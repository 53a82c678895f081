-- How rows enter the trail. All functions belong to the owner; the application may execute open, close and erase_personal.

-- the exact text that a leaf proves; the export carries it unchanged. What is null is left out, so that a column added later
-- does not alter the text of an old deed.
create or replace function trail.deed_text(d trail.deed) returns text
language sql immutable set timezone = 'UTC' set search_path = pg_catalog as $$
    select jsonb_strip_nulls(to_jsonb(d) - 'leaf' - 'xid')::text
$$;

create or replace function trail.change_text(c trail.change) returns text
language sql immutable set timezone = 'UTC' set search_path = pg_catalog as $$
    select (to_jsonb(c) - 'leaf' - 'xid')::text
$$;

-- RFC 6962: a leaf is hashed with a zero byte before it
create or replace function trail.leaf_hash(content text) returns bytea
language sql immutable set search_path = pg_catalog as $$
    select sha256('\x00'::bytea || convert_to(content, 'UTF8'))
$$;

create or replace function trail.open(given_deed uuid, given_actor text, given_request text)
returns table (deed uuid, body_hash bytea, status smallint, answer jsonb)
language plpgsql security definer set search_path = pg_catalog, trail as $$
begin
    if given_request <> '' then
        perform pg_advisory_xact_lock(hashtextextended(given_actor || ' ' || given_request, 0));
        return query
            select a.deed, a.body_hash, a.status, a.answer from trail.answer a
            where a.actor_key = given_actor and a.request = given_request and a.received > now() - interval '30 days';
        if found then
            return;
        end if;
    end if;
    perform set_config('anwei.deed', given_deed::text, true);
end $$;

create or replace function trail.close(given jsonb, given_body bytea) returns void
language plpgsql security definer set search_path = pg_catalog, trail set timezone = 'UTC' as $$
declare
    d trail.deed;
begin
    if (given ->> 'id') is distinct from current_setting('anwei.deed', true) then
        raise exception 'the deed that is closed was not opened' using errcode = 'AW002';
    end if;
    d := jsonb_populate_record(null::trail.deed, given);
    d.received := clock_timestamp();
    d.at := coalesce(d.at, d.received);
    d.xid := pg_current_xact_id();
    d.leaf := trail.leaf_hash(trail.deed_text(d));
    insert into trail.deed select d.*;
    if d.request <> '' then
        insert into trail.answer as kept values (d.actor_key, d.request, d.id, d.received, given_body, d.status, given -> 'answer')
            on conflict (actor_key, request) do update
            set (deed, received, body_hash, status, answer)
                = (excluded.deed, excluded.received, excluded.body_hash, excluded.status, excluded.answer)
            where kept.received <= now() - interval '30 days';
        if not found then
            raise exception 'the request was answered meanwhile' using errcode = 'AW005';
        end if;
    end if;
    -- with the commit: who follows the trail, and pages that show one of these records; of very many their kinds alone
    if d.outcome = 'done' then
        perform pg_notify('anwei_deed', subject) from (
            select distinct case when cardinality(d.touches) > 100 then split_part(touched, ':', 1) else touched end
            from unnest(d.touches) touched) told (subject);
    end if;
    -- a setting survives a released savepoint: switch the context off, so that nothing enters after its deed
    perform set_config('anwei.deed', '', true);
end $$;

-- personal columns enter as commitments: sha256(salt || value); salt and value stand in trail.personal
create or replace function trail.commitment(salt uuid, value jsonb) returns jsonb
language sql immutable set search_path = pg_catalog as $$
    select case when value is null or value = 'null'::jsonb then value
           else to_jsonb('sha256:' || encode(sha256(uuid_send(salt) || convert_to(value::text, 'UTF8')), 'hex')) end
$$;

-- the one trigger of every business table: capture('{untraced columns}', '{personal columns}', 'key column')
create or replace function trail.capture() returns trigger
language plpgsql security definer set search_path = pg_catalog, trail set timezone = 'UTC' as $$
declare
    opened text := current_setting('anwei.deed', true);
    untraced text[] := tg_argv[0];
    personal text[] := tg_argv[1];
    was jsonb := '{}';
    becomes jsonb := '{}';
    c trail.change;
    col text;
    salt uuid;
begin
    if tg_op <> 'INSERT' then was := to_jsonb(old) - untraced; end if;
    if tg_op <> 'DELETE' then becomes := to_jsonb(new) - untraced; end if;
    if was = becomes then return null; end if;
    if opened is null or opened = '' then
        raise exception 'a change of % outside a deed', tg_table_name using errcode = 'AW001';
    end if;
    select coalesce(jsonb_object_agg(key, jsonb_build_array(was -> key, becomes -> key)), '{}') into c.delta
        from (select jsonb_object_keys(was || becomes) as key) keys
        where coalesce(was -> key, 'null') <> coalesce(becomes -> key, 'null');
    c.seq := nextval('trail.change_seq_seq');
    c.received := clock_timestamp();
    c.deed := opened::uuid;
    c.tbl := tg_table_name;
    c.row_key := coalesce(becomes ->> tg_argv[2], was ->> tg_argv[2]);
    c.op := left(tg_op, 1);
    c.xid := pg_current_xact_id();
    foreach col in array personal loop
        if c.delta ? col then
            salt := gen_random_uuid();
            insert into trail.personal values (c.seq, c.received, col, salt, c.delta #> array[col, '0'], c.delta #> array[col, '1']);
            c.delta := jsonb_set(c.delta, array[col], jsonb_build_array(
                trail.commitment(salt, c.delta #> array[col, '0']), trail.commitment(salt, c.delta #> array[col, '1'])));
        end if;
    end loop;
    c.leaf := trail.leaf_hash(trail.change_text(c));
    insert into trail.change overriding system value select c.*;
    return null;
end $$;

-- forget the personal values of one row: salts and values go, the commitments stay and tell nothing any more
create or replace function trail.erase_personal(given_table text, given_key text) returns int
language plpgsql security definer set search_path = pg_catalog, trail set timezone = 'UTC' as $$
declare
    opened text := current_setting('anwei.deed', true);
    c trail.change;
    erased int;
begin
    if opened is null or opened = '' then
        raise exception 'erasing outside a deed' using errcode = 'AW001';
    end if;
    with gone as (
        delete from trail.personal p using trail.change made
        where made.row_key = given_key and made.tbl = given_table and p.change = made.seq
        returning p.col)
    select sum(n), jsonb_object_agg(col, jsonb_build_array(n, 0)) into erased, c.delta
        from (select col, count(*) as n from gone group by col) by_col;
    if erased is null then return 0; end if;
    c.seq := nextval('trail.change_seq_seq');
    c.received := clock_timestamp();
    c.deed := opened::uuid;
    c.tbl := given_table;
    c.row_key := given_key;
    c.op := 'E';
    c.xid := pg_current_xact_id();
    c.leaf := trail.leaf_hash(trail.change_text(c));
    insert into trail.change overriding system value select c.*;
    return erased;
end $$;

create or replace function trail.forget_answers() returns int
language sql security definer set search_path = pg_catalog, trail as $$
    with gone as (delete from trail.answer where received <= now() - interval '30 days' returning 1) select count(*)::int from gone
$$;

create or replace function trail.refuse_truncate() returns trigger language plpgsql as $$
begin
    raise exception 'a business table is never emptied' using errcode = 'AW003';
end $$;

create or replace function trail.refuse_rewrite() returns trigger language plpgsql as $$
begin
    raise exception 'the trail is never rewritten' using errcode = 'AW004';
end $$;

-- partitions are built apart and attached under a short lock wait, so that no writer queues behind them
create or replace function trail.make_partitions(months int) returns int
language plpgsql security definer set search_path = pg_catalog, trail set timezone = 'UTC' as $$
declare
    parent text;
    start timestamptz;
    part text;
    made int := 0;
begin
    perform set_config('lock_timeout', '2s', true);
    foreach parent in array array['deed', 'change'] loop
        for ahead in 0..months loop
            start := date_trunc('month', now()) + make_interval(months => ahead);
            part := parent || to_char(start, '_YYYYMM');
            continue when to_regclass('trail.' || part) is not null;
            execute format('create table trail.%I (like trail.%I including all excluding identity)', part, parent);
            execute format('alter table trail.%I add constraint %I check (received >= %L and received < %L)',
                           part, part || '_month', start, start + interval '1 month');
            -- rows of that month which came before the partition stood
            execute format('with moved as (delete from trail.%I where received >= %L and received < %L returning *)
                            insert into trail.%I %s select * from moved',
                           parent || '_default', start, start + interval '1 month', part,
                           case parent when 'change' then 'overriding system value' else '' end);
            execute format('alter table trail.%I attach partition trail.%I for values from (%L) to (%L)',
                           parent, part, start, start + interval '1 month');
            made := made + 1;
        end loop;
    end loop;
    return made;
end $$;
