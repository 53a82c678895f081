"""The sealed trail, read in the order of its positions: many small statements, so that no transaction stays open."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection

from anwei.foundation.audit.verify import Row

STEP = 10_000

LEAVES = "select leaf from trail.position where position >= %s and position < %s order by position"
ROWS = """
    select p.position, p.leaf, case
        when p.kind = 'c' and c.leaf = p.leaf then trail.change_text(c)
        when p.kind = 'd' and d.leaf = p.leaf then trail.deed_text(d) end
    from trail.position p
    left join trail.change c on c.seq = p.change and c.received = p.received
    left join trail.deed d on d.id = p.deed and d.received = p.received
    where p.position >= %s and p.position < %s order by p.position
"""


@dataclass(frozen=True, slots=True)
class Extent:
    """How far the seal reaches, at one moment."""

    sealed: int  # rows that the newest checkpoint counts
    places: int  # places given
    last: int  # the last place
    unsealed: int  # rows that wait for the sealer
    behind: int  # rows without a place where the sealer has been: nobody honest puts them there


EXTENT = """
    with newest as (
        select size, horizon, era from trail.checkpoint order by size desc, at desc limit 1
    ), loose as (
        select xid from trail.change c where not exists (select from trail.position p where p.change = c.seq)
        union all
        select xid from trail.deed d where not exists (select from trail.position p where p.deed = d.id)
    ), here as (
        -- in a restored copy transaction ids start anew: until its first seal nothing lies behind
        select horizon from newest, pg_control_system() s where era = s.system_identifier || ' ' || current_database()
    )
    select coalesce((select size from newest), 0), (select count(*) from trail.position),
           (select coalesce(max(position), -1) from trail.position),
           count(*) filter (where behind is not true), count(*) filter (where behind)
    from (select xid < (select horizon from here) as behind from loose) rows
"""


def _all(statement: str, values: list[Any] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def extent() -> Extent:
    """Say how far the seal reaches."""
    return Extent(*_all(EXTENT)[0])


def newest_note() -> str | None:
    """Return the newest signed checkpoint."""
    found = _all("select note from trail.checkpoint order by size desc, at desc limit 1")
    return found[0][0] if found else None


def notes(size: int) -> Iterator[str]:
    """Return the signed checkpoints up to a size, the smallest first."""
    last: tuple[int, str] = (-1, "")
    while rows := _all(
        "select size, era, note from trail.checkpoint where (size, era) > (%s, %s) and size <= %s order by size, era limit %s",
        [*last, size, STEP],
    ):
        for number, era, note in rows:
            last = number, era
            yield note


def leaves(size: int) -> Iterator[bytes]:
    """Return the leaf hashes of the first `size` positions as they stand, in order."""
    for start in range(0, size, STEP):
        stop = min(start + STEP, size)
        for (leaf,) in _all(LEAVES, [start, stop]):
            yield bytes(leaf)


def hashes(level: int, first: int, count: int) -> list[bytes]:
    """Return stored roots of complete subtrees with 256**level leaves, as `merkle.Reader` asks for them."""
    if level == 0:
        found = _all(LEAVES, [first, first + count])
    else:
        found = _all("select hash from trail.node where level = %s and idx >= %s and idx < %s order by idx", [level, first, first + count])
    return [bytes(value) for (value,) in found]


def rows(size: int) -> Iterator[Row]:
    """Return leaf and proven text of the first `size` positions; None stands for what is missing or was altered."""
    for start in range(0, size, STEP):
        stop = min(start + STEP, size)
        found = {position: (leaf, text) for position, leaf, text in _all(ROWS, [start, stop])}
        for position in range(start, stop):
            leaf, text = found.get(position, (None, None))
            yield leaf and bytes(leaf), text and text.encode()
