from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from anwei.foundation.audit import sealed
from anwei.foundation.audit.verification import verify_trail
from tests.trail.factory import connect, open_branches, seal

pytestmark = [pytest.mark.commit, pytest.mark.usefixtures("committed")]
ATTACHED = """
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = %s::regclass and c.relname !~ 'default' order by 1
"""
INDEXES = "select count(*) from pg_index where indrelid = %s::regclass"


def test_partitions_stand_eighteen_months_ahead_with_their_indexes_and_making_them_again_makes_none() -> None:
    with connect("sealer") as sealer:
        for parent in ("trail.deed", "trail.change"):
            names = [name for (name,) in sealer.execute(ATTACHED, [parent]).fetchall()]
            assert len(names) == 19 and f"{parent.removeprefix('trail.')}_{datetime.now(UTC):%Y%m}" == names[0]
            indexes = {name: sealer.execute(INDEXES, [name]).fetchone() for name in (parent, f"trail.{names[3]}")}
            assert len(set(indexes.values())) == 1, "a partition lacks an index of its parent"
        assert sealer.execute("select trail.make_partitions(18)").fetchone() == (0,)
        assert sealer.execute("select trail.make_partitions(20)").fetchone() == (4,)


def test_rows_that_came_before_their_partition_move_into_it_and_stay_proved(tmp_path: Path) -> None:
    month = f"{datetime.now(UTC):%Y%m}"
    with connect("owner") as owner:
        for parent in ("deed", "change"):
            owner.execute(f"alter table trail.{parent} detach partition trail.{parent}_{month}")
            owner.execute(f"insert into trail.{parent} overriding system value select * from trail.{parent}_{month}")
            owner.execute(f"drop table trail.{parent}_{month}")
    open_branches(2)
    seal(tmp_path / "key", tmp_path / "copies")
    with connect("sealer") as sealer, connect("owner") as owner:
        assert owner.execute("select count(*) > 0 from trail.change_default").fetchone() == (True,)
        assert sealer.execute("select trail.make_partitions(18)").fetchone() == (2,)
        assert owner.execute("select count(*) from trail.change_default").fetchone() == (0,)
    open_branches()
    seal(tmp_path / "key", tmp_path / "copies")
    verdict = verify_trail(tmp_path / "key", tmp_path / "copies")
    assert verdict.ok and verdict.sealed == sealed.extent().sealed, verdict.findings


def test_a_new_partition_waits_two_seconds_for_readers_and_then_gives_way() -> None:
    with connect("app") as reader, reader.transaction(), connect("sealer") as sealer:
        reader.execute("select count(*) from trail.deed")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            sealer.execute("select trail.make_partitions(20)")
    with connect("sealer") as sealer:
        assert sealer.execute("select trail.make_partitions(20)").fetchone() == (4,)


def test_writers_go_on_while_a_partition_is_made() -> None:
    with connect("app") as writer, writer.transaction(), connect("sealer") as sealer:
        writer.execute("select trail.open(gen_random_uuid(), 'a', '')")
        writer.execute("update branches_branch set name_en = name_en || 'x'")
        writer.execute(
            "insert into branches_branch (id, created_at, changed_at, code, name_zh, name_en, provinces, address, phone, adcode)"
            " values (gen_random_uuid(), now(), now(), 'PART', '', '', '[]', '', '', '')"
        )
        assert sealer.execute("select trail.make_partitions(19)").fetchone() == (2,)
