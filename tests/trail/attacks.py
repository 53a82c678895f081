"""What somebody who owns the database may try on the sealed trail. Each takes a cursor and a source of chance.

Whoever attacks is the superuser with the triggers asleep; some attackers also hold the sealer's key.
"""

from collections.abc import Callable
from random import Random
from typing import Any

from anwei.foundation.audit.merkle import Frontier
from anwei.foundation.audit.note import Checkpoint, Signer

Cursor = Any
Attack = Callable[[Cursor, Random, Signer], None]


def _places(cursor: Cursor) -> list[tuple[int, str, Any, Any]]:
    cursor.execute("select position, kind, deed, change from trail.position order by position")
    return list(cursor.fetchall())


def _row(place: tuple[int, str, Any, Any]) -> tuple[str, str, Any]:
    """Return table, key column and key of the row at a place."""
    _position, kind, deed, change = place
    return ("trail.change", "seq", change) if kind == "c" else ("trail.deed", "id", deed)


def _alter(cursor: Cursor, chance: Random, place: tuple[int, str, Any, Any]) -> None:
    """Change one thing in a row: who, why, when or what."""
    table, key, value = _row(place)
    sets = ["received = received - interval '1 day'", "received = received + interval '1 microsecond'"]
    if table == "trail.change":
        sets += ['delta = delta || \'{"name_en": [null, "forged"]}\'', "row_key = gen_random_uuid()::text", "op = 'D'"]
    else:
        sets += ["actor_name = 'somebody else'", "reason = 'another'", "verb = verb || 'x'", "at = at - interval '1 hour'"]
    cursor.execute(f"update {table} set {chance.choice(sets)} where {key} = %s", [value])


def _hash_anew(cursor: Cursor) -> None:
    """Make every leaf fit its row, in the row and at its place."""
    cursor.execute("update trail.change c set leaf = trail.leaf_hash(trail.change_text(c))")
    cursor.execute("update trail.deed d set leaf = trail.leaf_hash(trail.deed_text(d))")
    cursor.execute("update trail.position p set leaf = c.leaf, received = c.received from trail.change c where c.seq = p.change")
    cursor.execute("update trail.position p set leaf = d.leaf, received = d.received from trail.deed d where d.id = p.deed")


def _sign_anew(cursor: Cursor, signer: Signer) -> None:
    """Build the tree over the places as they stand and sign its checkpoints anew: what only the holder of the key can do."""
    cursor.execute("select leaf from trail.position order by position")
    leaves = [bytes(leaf) for (leaf,) in cursor.fetchall()]
    cursor.execute("select size, note from trail.checkpoint order by size")
    frontier = Frontier()
    for size, note in cursor.fetchall():
        if size > len(leaves):
            cursor.execute("delete from trail.checkpoint where size = %s", [size])
            continue
        frontier.extend(leaves[frontier.size : size])
        old = Checkpoint.parse(note)
        new = Checkpoint(signer.name, size, frontier.root(), old.era, old.at)
        cursor.execute(
            "update trail.checkpoint set root = %s, note = %s, frontier = %s where size = %s",
            [new.root, signer.sign(new.text()), frontier.peaks, size],
        )


def _close_gaps(cursor: Cursor) -> None:
    cursor.execute(
        "update trail.position p set position = -dense from"
        " (select position, row_number() over (order by position) as dense from trail.position) n where n.position = p.position"
    )
    cursor.execute("update trail.position set position = -position - 1")


def edit(cursor: Cursor, chance: Random, signer: Signer) -> None:
    _alter(cursor, chance, chance.choice(_places(cursor)))


def edit_and_hash_anew(cursor: Cursor, chance: Random, signer: Signer) -> None:
    edit(cursor, chance, signer)
    _hash_anew(cursor)


def rewrite_with_the_key(cursor: Cursor, chance: Random, signer: Signer) -> None:
    edit_and_hash_anew(cursor, chance, signer)
    _sign_anew(cursor, signer)


def delete(cursor: Cursor, chance: Random, signer: Signer) -> None:
    table, key, value = _row(chance.choice(_places(cursor)))
    cursor.execute(f"delete from {table} where {key} = %s", [value])


def delete_with_its_place(cursor: Cursor, chance: Random, signer: Signer) -> None:
    place = chance.choice(_places(cursor))
    table, key, value = _row(place)
    cursor.execute(f"delete from {table} where {key} = %s", [value])
    cursor.execute("delete from trail.position where position = %s", [place[0]])
    if chance.random() < 0.5:
        _close_gaps(cursor)


def delete_with_the_key(cursor: Cursor, chance: Random, signer: Signer) -> None:
    delete_with_its_place(cursor, chance, signer)
    _close_gaps(cursor)
    _sign_anew(cursor, signer)


def insert(cursor: Cursor, chance: Random, signer: Signer) -> None:
    """Slip a copy of a row, a little altered, into the middle of the tree."""
    place = chance.choice(_places(cursor))
    cursor.execute("update trail.position set position = -position - 2 where position >= %s", [place[0]])
    cursor.execute("update trail.position set position = -position - 1 where position < 0")
    cursor.execute(
        "insert into trail.deed select (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid(), 'reason', 'slipped in'))).*"
        " from trail.deed d order by random() limit 1 returning id"
    )
    (made,) = cursor.fetchone()
    cursor.execute("update trail.deed d set leaf = trail.leaf_hash(trail.deed_text(d)) where id = %s", [made])
    cursor.execute("insert into trail.position select %s, 'd', id, null, received, leaf from trail.deed where id = %s", [place[0], made])


def swap(cursor: Cursor, chance: Random, signer: Signer) -> None:
    """Change the order of two entries."""
    one, other = chance.sample(_places(cursor), 2)
    cursor.execute("update trail.position set position = -1 where position = %s", [one[0]])
    cursor.execute("update trail.position set position = %s where position = %s", [one[0], other[0]])
    cursor.execute("update trail.position set position = %s where position = -1", [other[0]])


def cut_the_tail(cursor: Cursor, chance: Random, signer: Signer) -> None:
    """Drop the newest rows with all that speaks of them, as a restored old backup has it too."""
    cursor.execute("select size from trail.checkpoint order by size")
    sizes = [size for (size,) in cursor.fetchall()]
    size = chance.choice(sizes[:-1])
    for place in _places(cursor)[size:]:
        table, key, value = _row(place)
        cursor.execute(f"delete from {table} where {key} = %s", [value])
    cursor.execute("delete from trail.position where position >= %s", [size])
    cursor.execute("delete from trail.checkpoint where size > %s", [size])


def cut_the_tail_and_go_on(cursor: Cursor, chance: Random, signer: Signer) -> None:
    """Drop the newest rows and sign what is left, so that the newest checkpoint fits."""
    last = _places(cursor)[-1]
    table, key, value = _row(last)
    cursor.execute(f"delete from {table} where {key} = %s", [value])
    cursor.execute("delete from trail.position where position = %s", [last[0]])
    cursor.execute("update trail.checkpoint set size = size - 1 where size = %s", [last[0] + 1])
    _sign_anew(cursor, signer)


def roll_the_clock(cursor: Cursor, chance: Random, signer: Signer) -> None:
    """Date a checkpoint back and sign it anew."""
    cursor.execute("select size, note from trail.checkpoint order by random() limit 1")
    size, note = cursor.fetchone()
    old = Checkpoint.parse(note)
    new = Checkpoint(signer.name, size, old.root, old.era, old.at.replace(year=old.at.year - 1))
    cursor.execute("update trail.checkpoint set note = %s where size = %s", [signer.sign(new.text()), size])


def forge_the_newest_checkpoint(cursor: Cursor, chance: Random, signer: Signer) -> None:
    """Alter a row and sign the newest tree with a key of one's own."""
    edit_and_hash_anew(cursor, chance, signer)
    _sign_anew(cursor, Signer(signer.name, Signer.drawn().key))


ATTACKS: list[Attack] = [
    edit, edit_and_hash_anew, rewrite_with_the_key, delete, delete_with_its_place, delete_with_the_key, insert, swap, cut_the_tail,
    cut_the_tail_and_go_on, roll_the_clock, forge_the_newest_checkpoint,
]  # fmt: skip
