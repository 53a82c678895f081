"""What the trail costs (T27): the same work with and without it, in turns, on a database of their own.

    PYTHONPATH=src python bench/trail_cost.py [--seconds 4] [--rounds 3] [--clients 8]

Two kinds of work: `sql`, bare statements (a row inserted, another changed, a transaction each time), the hardest case there is;
and `deeds`, an operation as the doors deliver it, what users feel. Prints transactions per second of each, the ratio of the medians,
and the longest queue of waiting locks that was seen. Exit 1: the trail takes more than a quarter of the deeds, fewer than 1,500
audited statements' transactions a second are done, or clients wait for each other's locks.
"""

import json
import multiprocessing
import os
import statistics
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import psycopg
from psycopg.types.json import Jsonb

MOST_LOSS, LEAST_RATE = 0.25, 1_500
TABLES = ("definitions_definition", "organisations_contact")
INSERT = """
    insert into definitions_definition (id, created_at, changed_at, kind, key, name_zh, name_en)
    values (%s, now(), now(), 'bench', %s, '名称', 'name')
"""
UPDATE = "update definitions_definition set name_en = %s, changed_at = now() where id = %s"
# that one writer waits now and then until another has made a table a page longer is no queue
WAITING = "select count(*) from pg_locks where not granted and locktype in ('advisory', 'relation', 'tuple', 'transactionid')"
DEED = {
    "verb": "bench.write", "actor_key": "system:bench", "actor_name": "bench", "door": "system", "reason": "", "request": "",
    "subject": "definitions.Definition:x", "touches": ["definitions.Definition:x"], "words": ["bench.written"], "outcome": "done",
    "refusal": "", "status": 200,
}  # fmt: skip
Work = Callable[[bool], Callable[[], None]]


class NoJournal:
    """Writes no deed."""

    def open(self, running: Any) -> None:
        return None

    def close(self, running: Any, outcome: str, status: int, body: Any, detail: str) -> None:
        return None


def sql(traced: bool) -> Callable[[], None]:
    """Return a transaction of two bare statements."""
    app = psycopg.connect(os.environ["ANWEI_DSN_APP"], autocommit=True)
    mine: list[Any] = []

    def once() -> None:
        deed, key = str(uuid4()), uuid4()
        with app.transaction():
            if traced:
                app.execute("select trail.open(%s, 'system:bench', '')", [deed])
            app.execute(INSERT, [key, str(key)])
            if mine:
                app.execute(UPDATE, [deed, mine.pop()])
            if traced:
                app.execute("select trail.close(%s, '')", [Jsonb(DEED | {"id": deed})])
        mine.append(key)

    return once


def deeds(traced: bool) -> Callable[[], None]:
    """Return a deed as the API and the phone's outbox deliver it: a contact is added to a hospital of one's own."""
    import django

    django.setup()
    from anwei.core.doors.delivery import perform_document
    from anwei.core.operation import REGISTER, wire_journal
    from anwei.foundation.accounts.queries import system_actor
    from anwei.foundation.organisations.operations import register

    actor, add_contact = system_actor("bench"), REGISTER["organisations.add_contact"]
    hospital = register(actor=actor, name=uuid4().hex, roles=["hospital"])
    document = json.dumps({"organisation": str(hospital.pk), "name": "王护士", "phone": "13800000000", "duty": "护士长"}).encode()
    if not traced:
        wire_journal(NoJournal())

    def once() -> None:
        perform_document(add_contact, document, actor)

    return once


def client(work: Work, traced: bool, ready: Any, seconds: float, done: Any) -> None:
    """Do the work again and again, from when all are ready until time is up."""
    once, count = work(traced), 0
    ready.wait()
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        once()
        count += 1
    done.put(count / seconds)


def measured(work: Work, traced: bool, seconds: float, clients: int) -> tuple[float, int]:
    """Return transactions per second, and for how many locks was waited at most."""
    done: multiprocessing.Queue[float] = multiprocessing.Queue()
    ready = multiprocessing.Barrier(clients + 1)
    workers = [multiprocessing.Process(target=client, args=(work, traced, ready, seconds, done)) for _ in range(clients)]
    waiting = 0
    with psycopg.connect(os.environ["ANWEI_DSN_OWNER"], autocommit=True) as owner:
        switch(owner, True)
        for worker in workers:
            worker.start()
        while ready.n_waiting < clients:
            time.sleep(0.01)
        switch(owner, traced)
        ready.wait()
        while any(worker.is_alive() for worker in workers):
            found = owner.execute(WAITING).fetchone()
            waiting = max(waiting, found[0] if found else 0)
            time.sleep(0.2)
    return sum(done.get() for _ in workers), waiting


def switch(owner: psycopg.Connection[Any], traced: bool) -> None:
    """Let the trail follow the tables, or not."""
    for table in TABLES:
        owner.execute(f"alter table {table} {'enable' if traced else 'disable'} trigger trail")


def compared(work: Work, seconds: float, rounds: int, clients: int) -> dict[str, Any]:
    """Measure in turns, so that what else the machine does falls on both alike."""
    rates: dict[bool, list[float]] = {True: [], False: []}
    longest = 0
    for _ in range(rounds):
        for traced in (False, True):
            rate, waiting = measured(work, traced, seconds, clients)
            rates[traced].append(rate)
            longest = max(longest, waiting if traced else 0)
    plain, audited = statistics.median(rates[False]), statistics.median(rates[True])
    return {"plain": round(plain), "audited": round(audited), "ratio": round(audited / plain, 3), "waiting_locks": longest}


def main() -> int:
    parser = ArgumentParser(description="What the trail costs.")
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--clients", type=int, default=8)
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anwei.config.settings")
    from anwei.config.testing import cloned

    with cloned(f"bench_{os.getpid()}"):
        bare = compared(sql, given.seconds, given.rounds, given.clients)
        felt = compared(deeds, given.seconds, given.rounds, given.clients)
    print(json.dumps({"sql": bare, "deeds": felt, "clients": given.clients}))
    held = felt["ratio"] >= 1 - MOST_LOSS and bare["audited"] >= LEAST_RATE and not bare["waiting_locks"] + felt["waiting_locks"]
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
