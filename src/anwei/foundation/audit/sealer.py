"""The sealer: gives the rows of finished transactions their places in the Merkle tree and signs the tree. Needs no Django.

A row is taken when its transaction lies below the horizon, the oldest transaction still at work in the cluster: everything below it is
finished and in sight, so that nothing can come later. (Reading `id > last` loses rows: ids are drawn in another order than
transactions end.) A window always ends between two transactions. Transaction ids belong to a cluster; a restored or copied database
starts a new *era*, whose first window takes every row in sight that has no place yet.
"""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any

import psycopg

from anwei.foundation.audit.merkle import Frontier
from anwei.foundation.audit.note import Checkpoint, Signer
from anwei.foundation.audit.outside import publish

Connection = psycopg.Connection[tuple[Any, ...]]
Cursor = psycopg.Cursor[tuple[Any, ...]]

log = logging.getLogger("anwei.trail")

BATCH = 100_000  # changes in one pass; the transaction that crosses it is taken whole
EVERY = 30.0  # seconds between two looks; the promise is a seal within a minute
HOUSEKEEPING = 6 * 3600.0
FIRST, LAST = "0", "18446744073709551615"

TAKE_TURN = "select pg_try_advisory_xact_lock(hashtextextended('anwei.sealer', 0))"
ERA = "select system_identifier || ' ' || current_database() from pg_control_system()"
NEWEST = "select size, era, horizon::text, frontier from trail.checkpoint order by size desc, at desc limit 1"
HORIZON = """
    with stop as (select xid from trail.change where xid >= %(since)s::xid8 order by xid offset %(offset)s limit 1)
    select least(pg_snapshot_xmin(pg_current_snapshot()), (select (xid::text::numeric + 1)::text::xid8 from stop))::text,
           clock_timestamp(), (select min(era) <> %(era)s or max(era) <> %(era)s from trail.checkpoint) is true
"""
# After an era has begun, rows of the older one stand anywhere among the transaction ids of this cluster, and the era's first window
# reached beyond its horizon: `mixed` asks each row whether it has a place already.
PLACE = """
    insert into trail.position (position, kind, deed, change, received, leaf)
    select %(size)s - 1 + row_number() over (order by xid, kind, seq, id), kind, id, seq, received, leaf from (
        select xid, 'c'::"char" as kind, null::uuid as id, seq, received, leaf from trail.change c
        where xid >= %(since)s::xid8 and xid < %(until)s::xid8
            and (not %(mixed)s or not exists (select from trail.position p where p.change = c.seq))
        union all
        select xid, 'd', id, null, received, leaf from trail.deed d
        where xid >= %(since)s::xid8 and xid < %(until)s::xid8
            and (not %(mixed)s or not exists (select from trail.position p where p.deed = d.id))
    ) finished
"""
# the application can set the trail's context by hand; a change that it makes so names a deed that is not there
STRAYS = """
    select seq, tbl, row_key from trail.change c where xid >= %(since)s::xid8 and xid < %(until)s::xid8 and not exists (
        select from trail.deed d where d.id = c.deed and d.xid = c.xid and d.xid >= %(since)s::xid8 and d.xid < %(until)s::xid8
    ) order by seq limit 100
"""


@dataclass(frozen=True, slots=True)
class Pass:
    """What one pass did: how many rows it sealed, the signed checkpoint if there is a new one, and what looked wrong."""

    added: int
    more: bool = False  # finished rows are left for another pass
    checkpoint: Checkpoint | None = None
    note: str = ""
    strays: tuple[tuple[int, str, str], ...] = ()  # changes whose deed is missing: sequence, table, row
    left_era: str = ""  # the era before, when this pass began a new one


@dataclass(frozen=True, slots=True)
class _Newest:
    size: int = 0
    era: str = ""
    horizon: str = FIRST
    frontier: Sequence[bytes] = ()


def _row(cursor: Cursor, statement: str, values: dict[str, Any] | None = None) -> tuple[Any, ...]:
    found = cursor.execute(statement, values).fetchone()
    assert found is not None
    return found


def seal_once(connection: Connection, signer: Signer, *, batch: int = BATCH) -> Pass | None:
    """Seal the finished transactions in one window; None when another sealer is at work.

    The connection is the login `sealer`, outside a transaction.
    """
    with connection.transaction(), connection.cursor() as cursor:
        if not _row(cursor, TAKE_TURN)[0]:
            return None
        era: str = _row(cursor, ERA)[0]
        last = _Newest(*found) if (found := cursor.execute(NEWEST).fetchone()) else _Newest()
        fresh = last.era not in ("", era)
        since = LAST if fresh else last.horizon
        horizon, now, mixed = _row(cursor, HORIZON, {"since": since, "era": era, "offset": batch - 1})
        window = {"since": since, "until": horizon, "mixed": mixed, "size": last.size}
        if fresh:
            # one statement sees whole transactions only, so this window too ends between two
            window |= {"since": FIRST, "until": LAST}
            cursor.execute("select set_config(name, '0', true) from pg_settings where name = 'transaction_timeout'")
        added = cursor.execute(PLACE, window).rowcount
        if not added and not fresh:
            return Pass(0)
        strays = tuple(cursor.execute(STRAYS, window).fetchall())
        frontier = _grown(connection, last)
        checkpoint = Checkpoint(signer.name, frontier.size, frontier.root(), era, now)
        note = signer.sign(checkpoint.text())
        cursor.execute(
            "insert into trail.checkpoint (size, era, at, horizon, root, frontier, note) values (%s, %s, %s, %s::xid8, %s, %s, %s)",
            [frontier.size, era, now, horizon, checkpoint.root, frontier.peaks, note],
        )
        return Pass(added, added >= batch, checkpoint, note, strays, last.era if fresh else "")


def _grown(connection: Connection, last: _Newest) -> Frontier:
    """Read the leaves that have just got places, keep the subtrees they complete, and return the tree's new edge."""
    frontier = Frontier(last.size, last.frontier)
    with connection.cursor("leaves") as leaves, connection.cursor() as cursor:
        leaves.itersize = 20_000
        leaves.execute("select leaf from trail.position where position >= %s order by position", [last.size])
        while rows := leaves.fetchmany(leaves.itersize):
            if nodes := frontier.extend([leaf for (leaf,) in rows]):
                with cursor.copy("copy trail.node (level, idx, hash) from stdin") as copy:
                    for node in nodes:
                        copy.write_row(node)
    return frontier


def seal_all(connection: Connection, signer: Signer) -> list[Pass]:
    """Seal until nothing finished is left, and say in the log what looked wrong."""
    passes = []
    while done := seal_once(connection, signer):
        passes.append(done)
        if done.left_era and done.checkpoint:
            log.warning("the trail goes on in another database: era %s follows %s", done.checkpoint.era, done.left_era)
        for seq, table, row in done.strays:
            log.error("a change without its deed: %s of %s, row %s", seq, table, row)
        if not done.more:
            break
    return passes


def run(dsn: str, key: Path, *, stop: Event, copies: Path | None = None, every: float = EVERY) -> None:
    """Seal, copy the newest checkpoint outside and make partitions ahead, until `stop` is set.

    A database or a folder that does not answer is tried again at the next look; a copy that failed is made up for then.
    """
    signer = Signer.kept_in(key)
    tidied = -HOUSEKEEPING
    while True:
        try:
            with psycopg.connect(dsn, autocommit=True) as connection:
                seal_all(connection, signer)
                if copies:
                    publish_newest(connection, copies, signer)
                if time.monotonic() - tidied >= HOUSEKEEPING:
                    connection.execute("select trail.make_partitions(18)")
                    connection.execute("select trail.forget_answers()")
                    tidied = time.monotonic()
        except (psycopg.OperationalError, OSError) as error:
            log.warning("the sealer waits: %s", str(error).partition("\n")[0])
        if stop.wait(every):
            return


def publish_newest(connection: Connection, folder: Path, signer: Signer) -> Path | None:
    """Copy the newest checkpoint outside, unless it is there already; return its file.

    Another checkpoint of the same size that lies there is left alone and said in the log: somebody tells two histories.
    """
    newest = connection.execute("select note from trail.checkpoint order by size desc, at desc limit 1").fetchone()
    if newest is None:
        return None
    path = publish(folder, newest[0], signer.verifier)
    if path.read_text(encoding="utf-8") != newest[0]:
        log.error("the copy outside tells another history: %s", path)
    return path
