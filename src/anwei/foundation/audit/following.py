"""Following the trail: each follower is told of finished deeds, at least once, and takes effect once.

A window reaches from the cursor to the horizon, the oldest transaction still at work; reading `id > last` would lose deeds. One deed
of the follower answers one deed of the trail, under a request id made from both: whoever is killed in between tells it again, and it
is answered with the first answer. A deed that fails holds up only what follows it on the same records, and is tried again.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from inspect import signature
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Min
from django.utils import timezone

from anwei.core.actor import Actor
from anwei.core.operation import Operation, deliver, running_deed, unchanged
from anwei.core.registers import Followed, Follower
from anwei.core.rights import RIGHTS
from anwei.foundation.audit.models import Cursor, Deed, Owed
from anwei.foundation.audit.permissions import FOLLOW_AGAIN
from anwei.foundation.audit.rules import TRIES, pause_after, settled

log = logging.getLogger("anwei.trail")

READ, TOLD = 1000, 500  # deeds looked at and told in one window; those between say whether one of them must wait
MARGIN = timedelta(hours=1)  # a deed is written shortly before its commit: what is much older than the last look was told
SOON, SELDOM = 0.2, 15.0  # seconds to the next look: while a finished deed waits for the horizon, and when nobody calls

WINDOW = """
    with look as materialized (
        select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as horizon, clock_timestamp() as at,
               system_identifier || ' ' || current_database() as era from pg_control_system())
    select look.*, d.* from look left join lateral (
        select xid::text::bigint as xid, id, verb, at, received, touches, words from trail.deed
        where xid >= %(since)s::text::xid8 and words && %(words)s and outcome = 'done'
            and (%(after)s::timestamptz is null or received > %(after)s)
        order by deed.xid limit %(limit)s) d on true
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A deed with its transaction."""

    xid: int
    deed: Followed

    @property
    def received(self) -> datetime:
        return self.deed.received

    @property
    def touches(self) -> Sequence[str]:
        return self.deed.touches


@dataclass(frozen=True, slots=True)
class Window:
    """What may be told now, in order, and where the next one begins."""

    deeds: list[Followed]
    next: Cursor
    moves: bool  # the cursor is worth writing: every write is a transaction more
    is_full: bool
    left: bool  # something that is written already is not in it yet


def follow(follower: Follower) -> float:
    """Tell a follower what is finished, and return in how many seconds to look again (0: at once)."""
    held = _try_again(follower)
    window = _window(follower)
    known = set(Owed.objects.filter(follower=follower.name, deed__in=[d.id for d in window.deeds]).values_list("deed", flat=True))
    for deed in window.deeds:
        if deed.id in known:
            continue
        if held.isdisjoint(deed.touches):
            fault = _tell(follower, deed, 0)
            if fault is None:
                continue
        else:
            fault = None  # not its own: it waits for one before it
        owed = Owed(follower=follower.name, deed=deed.id, received=deed.received, touches=list(deed.touches), next_at=timezone.now())
        _keep(owed, fault)
        held |= set(deed.touches)
    if window.moves:
        window.next.save()
    if window.is_full:
        return 0
    return SOON if window.left else _until_the_next_try(follower)


def _window(follower: Follower) -> Window:
    """Read from the cursor to the horizon. In a restored copy transactions are numbered anew: there all that is in sight is told once."""
    cursor = Cursor.objects.filter(pk=follower.name).first()
    since, after = (cursor.horizon, cursor.read_at - MARGIN) if cursor else (0, None)
    horizon, at, era, rows = _look(follower.words, since, after, READ)
    if cursor and cursor.era != era:
        horizon, at, era, rows = _look(follower.words, 0, after, None)
        told, stop = rows, horizon
    else:
        stop = min(horizon, rows[TOLD].xid) if len(rows) == READ else horizon
        stop = settled(rows, stop)
        told = [row for row in rows if row.xid < stop]
    deeds = [row.deed for row in sorted(told, key=lambda row: (row.received, row.deed.id))]
    moves = bool(told) or cursor is None or cursor.era != era or stop - cursor.horizon > READ
    return Window(deeds, Cursor(follower.name, era, stop, at), moves, len(rows) == READ and bool(told), len(told) < len(rows))


def _look(words: Iterable[str], since: int, after: datetime | None, limit: int | None) -> tuple[int, datetime, str, list[Row]]:
    with connection.cursor() as cursor:
        cursor.execute(WINDOW, {"since": str(since), "after": after, "words": sorted(words), "limit": limit})
        found = cursor.fetchall()
    horizon, at, era = found[0][:3]
    rows = [Row(xid, _followed(*rest)) for _horizon, _at, _era, xid, *rest in found if xid is not None]
    return horizon, at, era, rows


def _followed(id: UUID, verb: str, at: datetime, received: datetime, touches: Iterable[str], words: Iterable[str]) -> Followed:
    return Followed(id, verb, at, received, tuple(touches), tuple(words))


def _try_again(follower: Follower) -> set[str]:
    """Try what is owed and due, in order for each record; return the records on which something still waits."""
    held: set[str] = set()
    for owed in Owed.objects.waiting().filter(follower=follower.name).order_by("received", "deed")[:READ]:
        if owed.next_at <= timezone.now() and held.isdisjoint(owed.touches):
            fault = _tell(follower, _deed(owed.deed), owed.refusals)
            if fault is None:
                owed.delete()
                continue
            _keep(owed, fault)
            if owed.is_set_aside:
                continue
        held |= set(owed.touches)
    return held


def _deed(id: UUID) -> Followed:
    deed = Deed.objects.get(pk=id)
    return _followed(deed.id, deed.verb, deed.at, deed.received, deed.touches, deed.words)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a follower failed, as it is shown."""

    text: str
    was_refused: bool


def _tell(follower: Follower, deed: Followed, refusals: int) -> Fault | None:
    """Let a follower answer one deed, once; return why it failed.

    A refusal is the stored answer of its request, and nothing was done: the next try is another request. After any other fault nobody
    knows whether the commit came through: the next try is the same request again.
    """
    actor = Actor(
        id=None, name="system", rights=frozenset(RIGHTS), roles=frozenset({"system"}), everywhere=True, side="system",
        door="system",
        reason=f"{follower.name}: {deed.verb} {deed.id}",
    )  # fmt: skip
    request = f"{follower.name} {deed.id} {refusals}"
    try:
        answer, _result = deliver(FOLLOW, actor, lambda: {"follower": follower, "deed": deed}, lambda result: None, request_id=request)
    except Exception as error:
        log.exception("%s cannot follow the deed %s", follower.name, deed.id)
        connection.close_if_unusable_or_obsolete()
        return Fault(f"{type(error).__name__}: {error}", was_refused=False)
    return Fault(answer.body["detail"], was_refused=True) if answer.status >= 400 else None


def _keep(owed: Owed, fault: Fault | None) -> None:
    if fault:
        owed.tries += 1
        owed.refusals += fault.was_refused
        owed.error = fault.text[:2000]
        owed.next_at = timezone.now() + pause_after(owed.tries)
        owed.is_set_aside = owed.tries >= TRIES
        if owed.is_set_aside:
            log.error("set aside after %s tries: %s cannot follow the deed %s: %s", owed.tries, owed.follower, owed.deed, owed.error)
    owed.save()


def _until_the_next_try(follower: Follower) -> float:
    due = Owed.objects.waiting().filter(follower=follower.name).aggregate(due=Min("next_at"))["due"]
    return SELDOM if due is None else min(SELDOM, max(SOON, (due - timezone.now()).total_seconds()))


def _answer(*, actor: Actor, follower: Follower, deed: Followed) -> None:
    """Let a follower answer a deed."""
    follower.run(actor, deed)
    if not running_deed().records:
        unchanged()


# no door offers it: only the trail itself calls
FOLLOW: Operation[..., Any] = Operation("audit.follow", FOLLOW_AGAIN, None, _answer, signature(_answer))
