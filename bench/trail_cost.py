"""What the trail costs (T27): the same small transactions with and without it, in turns, on a database of their own.

    PYTHONPATH=src python bench/trail_cost.py [--seconds 4] [--rounds 3] [--clients 8]

Prints transactions per second of each kind, the ratio of their medians, and the longest queue of waiting locks that was seen.
Exit 1: the trail takes more than a quarter, fewer than 1,500 audited transactions a second are done, or clients wait for locks.
"""

import json
import multiprocessing
import os
import statistics
import sys
import time
from argparse import ArgumentParser
from uuid import uuid4

import psycopg
from psycopg.types.json import Jsonb

MOST_LOSS, LEAST_RATE = 0.25, 1_500
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


def client(traced: bool, until: float, done: "multiprocessing.Queue[int]") -> None:
    """Insert a row and change another of one's own, a transaction each time, until time is up."""
    count, mine = 0, None
    with psycopg.connect(os.environ["ANWEI_DSN_APP"], autocommit=True) as app:
        while time.monotonic() < until:
            deed = str(uuid4())
            with app.pipeline(), app.transaction():  # what is measured is the server, not the way to it
                if traced:
                    app.execute("select trail.open(%s, 'system:bench', '')", [deed])
                key = uuid4()
                app.execute(INSERT, [key, str(key)])
                if mine:
                    app.execute(UPDATE, [deed, mine])
                mine = key
                if traced:
                    app.execute("select trail.close(%s, '')", [Jsonb(DEED | {"id": deed})])
            count += 1
    done.put(count)


def measured(traced: bool, seconds: float, clients: int) -> tuple[float, int]:
    """Return transactions per second, and how many locks were waited for at most."""
    done: multiprocessing.Queue[int] = multiprocessing.Queue()
    begun = time.monotonic()
    workers = [multiprocessing.Process(target=client, args=(traced, begun + seconds, done)) for _ in range(clients)]
    for worker in workers:
        worker.start()
    waiting = 0
    with psycopg.connect(os.environ["ANWEI_DSN_OWNER"], autocommit=True) as owner:
        while any(worker.is_alive() for worker in workers):
            # one commit waits for another's page of a table's end now and then: that is no queue
            found = owner.execute(
                "select count(*) from pg_locks where not granted and locktype in ('advisory', 'relation', 'tuple')"
            ).fetchone()
            waiting = max(waiting, found[0] if found else 0)
            time.sleep(0.1)
    total = sum(done.get() for _ in workers)
    return total / (time.monotonic() - begun), waiting


def switch(traced: bool) -> None:
    with psycopg.connect(os.environ["ANWEI_DSN_OWNER"], autocommit=True) as owner:
        owner.execute(f"alter table definitions_definition {'enable' if traced else 'disable'} trigger trail")


def main() -> int:
    parser = ArgumentParser(description="What the trail costs.")
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--clients", type=int, default=8)
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anwei.config.settings")
    from anwei.config.testing import cloned

    rates: dict[bool, list[float]] = {True: [], False: []}
    longest = 0
    with cloned(f"bench_{os.getpid()}"):
        for _ in range(given.rounds):
            for traced in (False, True):
                switch(traced)
                rate, waiting = measured(traced, given.seconds, given.clients)
                rates[traced].append(rate)
                longest = max(longest, waiting if traced else 0)
    plain, audited = statistics.median(rates[False]), statistics.median(rates[True])
    said = {
        "plain": round(plain),
        "audited": round(audited),
        "ratio": round(audited / plain, 3),
        "waiting_locks": longest,
        "clients": given.clients,
    }
    print(json.dumps(said))
    return 0 if audited >= plain * (1 - MOST_LOSS) and audited >= LEAST_RATE and longest == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
