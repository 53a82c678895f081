"""T26: with many writers whose transactions end in another order than they began, every row gets one place, and none is passed over.

A follower that reads `id > last` runs beside the sealer and is seen to lose rows: without that the race was none.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from uuid import uuid4

import pytest
from django.db import connection
from psycopg.types.json import Jsonb

from anwei.core.ids import uuid7
from anwei.foundation.audit import sealed
from anwei.foundation.audit.merkle import tree_hash
from anwei.foundation.audit.note import Checkpoint, Signer
from anwei.foundation.audit.sealer import seal_all
from tests.trail.factory import connect, settle

pytestmark = [pytest.mark.commit, pytest.mark.usefixtures("committed")]
ROW = """
    insert into definitions_definition (id, created_at, changed_at, kind, key, name_zh, name_en)
    values (%s, now(), now(), 'race', %s, '', '')
"""
DEED = {
    "verb": "tests.race", "actor_key": "system:race", "actor_name": "race", "door": "system", "reason": "", "request": "", "subject": "",
    "touches": [], "words": [], "outcome": "unchanged", "refusal": "", "status": 200,
}  # fmt: skip


@dataclass
class Race:
    """Writers, the sealer and the naive follower, until time is up."""

    seed: int
    seconds: float
    longest: float  # of a writer's transaction, in seconds
    key: Path
    over: threading.Event = field(default_factory=threading.Event)
    followed: set[int] = field(default_factory=set)
    faults: list[BaseException] = field(default_factory=list)

    def write(self, number: int) -> None:
        """Do deeds of several changes, some slow, some rolled back."""
        chance = Random(self.seed + number)
        with connect("app") as app:
            while not self.over.is_set():
                deed = uuid7()
                with app.transaction(force_rollback=chance.random() < 0.1):
                    app.execute("select trail.open(%s, 'system:race', '')", [deed])
                    for _ in range(chance.randint(1, 4)):
                        app.execute(ROW, [uuid4(), uuid4().hex])
                        time.sleep(self.longest * chance.random() ** 6 / 4)
                    app.execute("select trail.close(%s, '')", [Jsonb(DEED | {"id": str(deed)})])
                time.sleep(chance.random() * 0.05)

    def seal(self) -> None:
        signer = Signer.kept_in(self.key)
        with connect("sealer") as own:
            while not self.over.is_set():
                seal_all(own, signer)
                time.sleep(0.05)

    def follow(self) -> None:
        """Read by the last id seen, as one should not."""
        last = 0
        with connect("app") as app:
            while not self.over.is_set():
                for (seq,) in app.execute("select seq from trail.change where seq > %s order by seq", [last]).fetchall():
                    self.followed.add(seq)
                    last = seq
                time.sleep(0.02)

    def run(self, writers: int) -> None:
        works = [self.seal, self.follow, *(lambda n=n: self.write(n) for n in range(writers))]
        threads = [threading.Thread(target=self.guarded, args=[work]) for work in works]
        for thread in threads:
            thread.start()
        time.sleep(self.seconds)
        self.over.set()
        for thread in threads:
            thread.join()

    def guarded(self, work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as fault:
            self.faults.append(fault)
            self.over.set()
            raise


def prove(race: Race, writers: int) -> None:
    """Run the race and hold the tree against the trail."""
    print(f"seed {race.seed}")
    race.run(writers)
    assert race.faults == []
    settle()
    with connect("sealer") as own:
        seal_all(own, Signer.kept_in(race.key))
    with connection.cursor() as cursor:
        cursor.execute("select seq from trail.change")
        written = {seq for (seq,) in cursor.fetchall()}
        cursor.execute("select count(*), count(distinct size) from trail.checkpoint")
        _count, windows = cursor.fetchone()
    reach = sealed.extent()
    lost = len(written - race.followed - set(range(min(race.followed))))
    print(f"{writers} writers, {len(written)} changes in {windows} windows; by `id > last` {lost} would be lost")
    assert windows > 1 and len(written) > writers  # how many windows it takes depends on what else the cluster writes
    assert (reach.unsealed, reach.behind) == (0, 0)
    assert reach.places == reach.sealed == reach.last + 1
    assert Checkpoint.parse(str(sealed.newest_note())).root == tree_hash(list(sealed.leaves(reach.sealed)))
    with connection.cursor() as cursor:
        cursor.execute("select change from trail.position where change is not null")
        placed = [seq for (seq,) in cursor.fetchall()]
    assert len(placed) == len(set(placed)) and set(placed) == written
    assert lost > 0, "there was no race: the naive follower lost nothing"


def test_no_row_is_passed_over_by_the_sealer(tmp_path: Path) -> None:
    prove(Race(Random().randrange(2**32), seconds=6, longest=2, key=tmp_path / "key"), writers=24)


@pytest.mark.long
@pytest.mark.timeout(900)
def test_no_row_is_passed_over_while_transactions_last_half_a_minute(tmp_path: Path) -> None:
    prove(Race(Random().randrange(2**32), seconds=180, longest=30, key=tmp_path / "key"), writers=48)
