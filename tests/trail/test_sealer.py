import logging
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from anwei.foundation.audit import sealed, sealer
from anwei.foundation.audit.merkle import consistency_path, is_consistent, tree_hash
from anwei.foundation.audit.models import Change, Deed
from anwei.foundation.audit.note import Checkpoint, Signer
from anwei.foundation.audit.sealer import seal_once
from tests.trail.factory import connect, open_branches, seal, settle

LOSE = "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'anwei_sealer' and datname = current_database()"
pytestmark = [pytest.mark.usefixtures("committed_together"), pytest.mark.commit]


def rows_in_trail() -> int:
    return Deed.objects.count() + Change.objects.count()


def test_every_finished_row_gets_one_place_in_a_signed_tree(tmp_path: Path) -> None:
    open_branches(2)
    done = seal(tmp_path / "key")
    assert done.checkpoint is not None and done.checkpoint.size == rows_in_trail()
    leaves = list(sealed.leaves(done.checkpoint.size))
    assert (done.checkpoint.size, done.checkpoint.root) == (len(leaves), tree_hash(leaves))
    assert Signer.kept_in(tmp_path / "key").verifier.opens(done.note)
    assert sealed.extent() == sealed.Extent(len(leaves), len(leaves), len(leaves) - 1, 0, 0)


def test_the_tree_only_grows_and_each_checkpoint_proves_the_one_before(tmp_path: Path) -> None:
    open_branches()
    first = seal(tmp_path / "key")
    open_branches()
    second = seal(tmp_path / "key")
    assert first.checkpoint and second.checkpoint
    path = consistency_path(first.checkpoint.size, second.checkpoint.size, sealed.hashes)
    assert is_consistent(first.checkpoint.size, first.checkpoint.root, second.checkpoint.size, second.checkpoint.root, path)


def test_with_nothing_to_seal_no_checkpoint_is_made(tmp_path: Path) -> None:
    seal(tmp_path / "key")
    idle = seal(tmp_path / "key")
    assert (idle.added, idle.checkpoint) == (0, None)


def test_small_windows_end_between_transactions_and_lead_to_the_same_tree(tmp_path: Path) -> None:
    seal(tmp_path / "key")
    open_branches(3)
    settle()
    signer = Signer.kept_in(tmp_path / "key")
    with connect("sealer") as own:
        sizes = []
        while (done := seal_once(own, signer, batch=1)) and done.checkpoint:
            sizes.append(done.checkpoint.size)
    assert len(sizes) == 3 and sizes[-1] == rows_in_trail()
    with connection.cursor() as cursor:
        cursor.execute("""
            select xid from (
                select coalesce(c.xid, d.xid) as xid, (select min(size) from trail.checkpoint where size > position) as "window"
                from trail.position p left join trail.change c on c.seq = p.change left join trail.deed d on d.id = p.deed) placed
            group by xid having count(distinct "window") > 1
        """)
        assert cursor.fetchall() == []
    assert done and sealed.newest_note()
    assert Checkpoint.parse(str(sealed.newest_note())).root == tree_hash(list(sealed.leaves(sizes[-1])))


def test_in_a_transaction_changes_stand_in_their_order_and_the_deed_last(tmp_path: Path) -> None:
    open_branches()
    seal(tmp_path / "key")
    with connection.cursor() as cursor:
        cursor.execute(
            "select array_agg(p.kind order by position), array_agg(p.change order by position) from trail.position p"
            " left join trail.change c on c.seq = p.change left join trail.deed d on d.id = p.deed group by coalesce(c.xid, d.xid)"
        )
        for kinds, changes in cursor.fetchall():
            assert list(kinds) == ["c"] * (len(kinds) - 1) + ["d"]
            assert changes[:-1] == sorted(changes[:-1])


def test_an_open_transaction_holds_the_seal_back_and_nothing_is_lost(tmp_path: Path) -> None:
    seal(tmp_path / "key")
    with connect("app") as late, late.transaction(), connect("sealer") as own:
        late.execute("select pg_current_xact_id()")
        open_branches()
        held = seal_once(own, Signer.kept_in(tmp_path / "key"))
        assert held and held.added == 0
        assert sealed.extent().unsealed > 0
    assert seal(tmp_path / "key").added > 0
    assert sealed.extent().unsealed == 0


def test_only_one_sealer_works_at_a_time(tmp_path: Path) -> None:
    with connect("sealer") as one, one.transaction(), connect("sealer") as other:
        assert one.execute(sealer.TAKE_TURN).fetchone() == (True,)
        assert seal_once(other, Signer.kept_in(tmp_path / "key")) is None


def test_a_change_under_a_forged_context_is_sealed_and_reported(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    branch = open_branches()[0]
    with connect("app") as forger, forger.transaction():
        forger.execute("select set_config('anwei.deed', gen_random_uuid()::text, true)")
        forger.execute("update branches_branch set name_en = 'Forged' where id = %s", [branch.pk])
    with caplog.at_level(logging.ERROR, "anwei.trail"):
        done = seal(tmp_path / "key")
    assert [(table, row) for _seq, table, row in done.strays] == [("branches_branch", str(branch.pk))]
    assert "without its deed" in caplog.text


@pytest.mark.usefixtures("committed")
def test_a_copied_database_begins_a_new_era_and_seals_each_row_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    open_branches()
    first = seal(tmp_path / "key")
    open_branches()
    # what a restored copy looks like from within: another era, and ids of transactions that are far ahead of this cluster
    with connect("owner") as owner:
        for table in ("trail.deed", "trail.change"):
            owner.execute(f"update {table} set xid = (xid::text::bigint + 60)::text::xid8")
        owner.execute("alter table trail.checkpoint disable trigger no_rewrite")
        owner.execute("update trail.checkpoint set era = '1 before', horizon = (horizon::text::bigint + 60)::text::xid8")
        owner.execute("alter table trail.checkpoint enable trigger no_rewrite")
    with caplog.at_level(logging.WARNING, "anwei.trail"):
        second = seal(tmp_path / "key")
    assert first.checkpoint and second.checkpoint
    assert second.left_era == "1 before" and "goes on in another database" in caplog.text
    assert second.checkpoint.size == rows_in_trail()
    with connect("app") as own:  # the new cluster's ids pass over the old ones
        for number in range(80):
            with own.transaction():
                own.execute("select pg_current_xact_id()")
            if number % 20 == 0:
                open_branches()
                seal(tmp_path / "key")
    seal(tmp_path / "key")
    reach = sealed.extent()
    assert reach == sealed.Extent(rows_in_trail(), rows_in_trail(), rows_in_trail() - 1, 0, 0)


def test_the_loop_seals_copies_outside_and_survives_a_lost_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stop = threading.Event()
    copies = tmp_path / "copies"
    copies.write_text("a file where the folder should be")
    dsn = os.environ["ANWEI_DSN_SEALER"]
    loop = threading.Thread(target=sealer.run, args=(dsn, tmp_path / "key"), kwargs={"stop": stop, "copies": copies, "every": 0.05})
    loop.start()
    try:
        open_branches()
        eventually(lambda: sealed.extent().unsealed == 0)
        copies.unlink()  # the folder comes back: the newest copy is made up for
        with connect("owner") as owner:
            owner.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'anwei_sealer' and datname = current_database()"
            )
        open_branches()
        eventually(lambda: sealed.extent().unsealed == 0 and len(list(copies.rglob("*.note"))) > 0)
        note = max(copies.rglob("*.note"))
        eventually(lambda: max(copies.rglob("*.note")).read_text() == sealed.newest_note())
        assert (note.parents[1] / "keys.txt").read_text() == f"{Signer.kept_in(tmp_path / 'key').verifier}\n"
        assert not list(copies.rglob(".*"))
    finally:
        stop.set()
        loop.join(5)
    assert not loop.is_alive()


def test_a_copy_outside_that_tells_another_history_is_left_alone_and_said(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    open_branches()
    seal(tmp_path / "key", tmp_path / "copies")
    (note,) = (tmp_path / "copies").rglob("*.note")
    note.write_text("another")
    with caplog.at_level(logging.ERROR, "anwei.trail"):
        seal(tmp_path / "key", tmp_path / "copies")
    assert note.read_text() == "another" and "another history" in caplog.text


def eventually(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < deadline, "it never came to hold"
        time.sleep(0.05)


def test_the_sealer_may_not_write_the_trail_itself() -> None:
    with connect("sealer") as own:
        for statement in (
            "insert into trail.deed select * from trail.deed limit 1",
            "update trail.change set leaf = ''",
            "delete from trail.position",
            "update trail.checkpoint set note = ''",
            "select * from trail.personal",
            "select * from trail.answer",
            "select * from accounts_user",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                own.execute(statement)
