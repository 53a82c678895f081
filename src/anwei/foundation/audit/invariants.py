"""What must always hold of the trail. Each check returns the rows that break it."""

from typing import Any

from django.db import connection

from anwei.foundation.audit import guards, sealed
from anwei.foundation.audit.merkle import Frontier
from anwei.foundation.audit.models import Owed
from anwei.foundation.audit.note import Checkpoint

WITHOUT_DEED = """
    select c.seq, c.tbl, c.row_key, c.deed from trail.change c
    where not exists (select from trail.deed d where d.id = c.deed and d.xid = c.xid)
        and not (%s and exists (select from trail.position p where p.change = c.seq))
    order by c.seq limit 100
"""


def changes_without_deed(*, unsealed: bool = False) -> list[dict[str, Any]]:
    """Return changes, or those not sealed yet, whose deed is missing from their transaction: somebody set the context by hand."""
    with connection.cursor() as cursor:
        cursor.execute(WITHOUT_DEED, [unsealed])
        return [{"change": seq, "table": table, "row": row, "deed": str(deed)} for seq, table, row, deed in cursor.fetchall()]


def broken_triggers() -> list[dict[str, str]]:
    """Return triggers of the trail that are missing, disabled or wrong."""
    return guards.faults()


def uncounted_rows() -> list[dict[str, int]]:
    """Return the counts, if the tree has not just one place for every row up to the horizon."""
    reach = sealed.extent()
    if reach.places == reach.last + 1 == reach.sealed and not reach.behind:
        return []
    return [{"sealed": reach.sealed, "places": reach.places, "last": reach.last, "behind": reach.behind}]


def other_root() -> list[dict[str, Any]]:
    """Return both roots, if the tree over the stored leaves is not the one that was signed last, and stored nodes not its own."""
    if (note := sealed.newest_note()) is None:
        return []
    signed, frontier = Checkpoint.parse(note), Frontier()
    nodes = {(level, index): node for level, index, node in frontier.extend(sealed.leaves(signed.size))}
    broken: list[dict[str, Any]] = []
    if frontier.root() != signed.root:
        broken.append({"size": signed.size, "signed": signed.root.hex(), "found": frontier.root().hex()})
    with connection.cursor() as cursor:
        cursor.execute("select level, idx, hash from trail.node")
        kept = {(level, index): bytes(node) for level, index, node in cursor.fetchall()}
    wrong = sorted(place for place in nodes if kept.get(place) != nodes[place])
    return broken + [{"level": level, "node": index} for level, index in wrong[:100]]


def set_aside() -> list[dict[str, Any]]:
    """Return the deeds that a follower could not follow and that wait for somebody."""
    rows = Owed.objects.set_aside().order_by("received")[:100]
    return [{"follower": owed.follower, "deed": str(owed.deed), "tries": owed.tries, "error": owed.error} for owed in rows]
