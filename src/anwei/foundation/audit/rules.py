"""Which deeds a follower may be told of, and when it tries again. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

TRIES = 5  # then a deed is set aside
FIRST_PAUSE = timedelta(seconds=1)


class Placed(Protocol):
    """A deed with its transaction."""

    @property
    def xid(self) -> int: ...
    @property
    def received(self) -> datetime: ...
    @property
    def touches(self) -> Sequence[str]: ...


def settled(deeds: Sequence[Placed], horizon: int) -> int:
    """Return the transaction below which all deeds may be told, in the order in which they were received.

    Everything below the horizon is finished, so nothing can come later. But transactions are numbered in another order than their deeds
    come to a record: one that is finished waits where it follows, on one of its records, a deed that is left for later.
    """
    stop = horizon
    while True:
        later: dict[str, datetime] = {}
        for deed in deeds:
            if deed.xid >= stop:
                later |= {touched: min(deed.received, later.get(touched, deed.received)) for touched in deed.touches}
        early = [d.xid for d in deeds if d.xid < stop and any(t in later and later[t] < d.received for t in d.touches)]
        if not early:
            return stop
        stop = min(early)


def pause_after(tries: int) -> timedelta:
    """Return how long to wait after the nth failed try: 1 s, 4 s, 16 s, 64 s."""
    return FIRST_PAUSE * int(4 ** (tries - 1))
