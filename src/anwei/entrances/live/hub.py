"""From one listening connection to many streams. What waits for a slow reader is a set of topics: it cannot grow beyond them."""

import asyncio
import logging
import secrets
import time
from collections import defaultdict, deque
from collections.abc import Iterable

import psycopg

from anwei.foundation.audit.models import CHANNEL

log = logging.getLogger("anwei.live")

REMEMBERED = 2000  # changes, for who comes again
PAUSE = 2.0  # seconds before a database that went away is asked again


class Listener:
    """One stream: what it asked for, and what it was not told yet."""

    def __init__(self, topics: frozenset[str]) -> None:
        self.topics = topics
        self.changed: set[str] = set()
        self.called = asyncio.Event()

    def tell(self, topics: Iterable[str]) -> None:
        """Let it know, once, however often it happens before it reads."""
        if fresh := self.topics.intersection(topics):
            self.changed |= fresh
            self.called.set()

    async def next(self, seconds: float) -> set[str]:
        """Return what changed since it was asked last, nothing after so many quiet seconds."""
        try:
            await asyncio.wait_for(self.called.wait(), seconds)
        except TimeoutError:
            return set()
        self.called.clear()
        told, self.changed = self.changed, set()
        return told


class Hub:
    """All streams of this process."""

    def __init__(self) -> None:
        self.life = secrets.token_hex(4)  # numbers of another process mean nothing here
        self.number = 0
        self.recent: deque[tuple[int, float, str]] = deque(maxlen=REMEMBERED)
        self.kept_since = time.time()
        self.by_topic: dict[str, set[Listener]] = defaultdict(set)
        self.listeners = 0

    @property
    def last(self) -> str:
        """The name of the newest event."""
        return f"{self.life}-{self.number}"

    def join(self, listener: Listener, last_id: str, since: float | None) -> None:
        """Add a stream, and tell it what changed since its last event or since its page was drawn; everything, if nobody knows."""
        self.listeners += 1
        for topic in listener.topics:
            self.by_topic[topic].add(listener)
        listener.tell(self._missed(listener.topics, last_id, since))

    def _missed(self, topics: frozenset[str], last_id: str, since: float | None) -> Iterable[str]:
        life, _dash, number = last_id.rpartition("-")
        if life == self.life and number.isdecimal():
            if not self.recent or self.recent[0][0] <= int(number) + 1:
                return [topic for seen, _at, change in self.recent if seen > int(number) for topic in _topics(change, topics)]
        elif not last_id and since is not None and since > self.kept_since:
            return [topic for _seen, at, change in self.recent if at >= since for topic in _topics(change, topics)]
        return topics

    def leave(self, listener: Listener) -> None:
        """Take a stream away."""
        self.listeners -= 1
        for topic in listener.topics:
            self.by_topic[topic].discard(listener)
            if not self.by_topic[topic]:
                del self.by_topic[topic]

    def tell(self, change: str) -> None:
        """Tell of a changed record, or, when very many changed at once, of everything of a kind."""
        self.number += 1
        if len(self.recent) == REMEMBERED:
            self.kept_since = self.recent[1][1]
        self.recent.append((self.number, time.time(), change))
        for topic in _topics(change, self.by_topic):
            for listener in tuple(self.by_topic.get(topic, ())):
                listener.tell([topic])

    def tell_all(self) -> None:
        """Tell everybody that anything may have changed: for a while nobody listened."""
        self.life, self.number = secrets.token_hex(4), 0
        self.recent.clear()
        self.kept_since = time.time()
        for topic, listeners in list(self.by_topic.items()):
            for listener in tuple(listeners):
                listener.tell([topic])

    async def listen(self, dsn: str) -> None:
        """Hear the trail over one connection, for ever."""
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(dsn, autocommit=True) as bell:
                    await bell.execute(f"listen {CHANNEL}")
                    self.tell_all()
                    async for call in bell.notifies():
                        self.tell(call.payload)
            except psycopg.Error as error:
                log.warning("nothing is heard: %s", str(error).partition("\n")[0])
            await asyncio.sleep(PAUSE)


def _topics(change: str, asked: Iterable[str]) -> list[str]:
    """Return which of the topics asked for a change belongs to."""
    label, colon, _key = change.partition(":")
    if colon:
        return [topic for topic in (change, label) if topic in asked]
    return [topic for topic in asked if topic.partition(":")[0] == label]
