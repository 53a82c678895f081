-- The trail's own schema: the application reads it and enters only through the functions of 20_functions.sql.
create schema if not exists trail;

create table if not exists trail.deed (
    id uuid not null,
    received timestamptz not null default clock_timestamp(),
    at timestamptz not null,
    verb text not null,
    actor uuid,
    actor_key text not null,
    actor_name text not null,
    approved_by uuid,
    door text not null,
    reason text not null,
    request text not null,
    batch uuid,
    subject text not null,
    touches text[] not null,
    words text[] not null,
    outcome text not null check (outcome in ('done', 'unchanged', 'refused')),
    refusal text not null,
    status smallint not null,
    xid xid8 not null default pg_current_xact_id(),
    leaf bytea not null,
    primary key (id, received)
) partition by range (received);

create index if not exists deed_touches on trail.deed using gin (touches);
create index if not exists deed_xid on trail.deed (xid);
create index if not exists deed_received on trail.deed (received desc, id desc);
create index if not exists deed_actor on trail.deed (actor, received desc, id desc);
create index if not exists deed_verb on trail.deed (verb, received desc, id desc);
create index if not exists deed_other_outcome on trail.deed (outcome, received desc, id desc) where outcome <> 'done';
create index if not exists deed_batch on trail.deed (batch) where batch is not null;

-- first answers, given again to a second delivery of the same request for 30 days; they may show personal data and are not sealed
create table if not exists trail.answer (
    actor_key text not null,
    request text not null,
    deed uuid not null,
    received timestamptz not null,
    body_hash bytea not null,
    status smallint not null,
    answer jsonb,
    primary key (actor_key, request)
);
create index if not exists answer_received on trail.answer (received);

create table if not exists trail.change (
    seq bigint generated always as identity,
    received timestamptz not null default clock_timestamp(),
    deed uuid not null,
    tbl text not null,
    row_key text not null,
    op "char" not null,
    delta jsonb not null,
    xid xid8 not null default pg_current_xact_id(),
    leaf bytea not null,
    primary key (seq, received)
) partition by range (received);

create index if not exists change_deed on trail.change (deed);
create index if not exists change_row on trail.change (row_key, tbl, received desc);
create index if not exists change_xid on trail.change (xid);

-- personal values stand here, beside the trail, until they are erased; the trail itself holds salted commitments
create table if not exists trail.personal (
    change bigint not null,
    received timestamptz not null,
    col text not null,
    salt uuid not null,
    old jsonb,
    new jsonb,
    primary key (change, col)
);

create table if not exists trail.deed_default partition of trail.deed default;
create table if not exists trail.change_default partition of trail.change default;

-- dense positions in the Merkle tree, given by the sealer
create table if not exists trail.position (
    position bigint primary key,
    kind "char" not null,
    deed uuid unique,
    change bigint unique,
    received timestamptz not null,
    leaf bytea not null
);

-- roots of complete subtrees of 256 leaves (level 1), 65,536 leaves (level 2) …: a proof reads some of these and never the whole tree
create table if not exists trail.node (
    level smallint not null,
    idx bigint not null,
    hash bytea not null,
    primary key (level, idx)
);

-- what was signed; the horizon is the first transaction that is not in it
create table if not exists trail.checkpoint (
    size bigint not null,
    era text not null,
    at timestamptz not null default clock_timestamp(),
    horizon xid8 not null,
    root bytea not null,
    frontier bytea[] not null,
    note text not null,
    primary key (size, era)
);
create index if not exists checkpoint_era on trail.checkpoint (era);
