"""Which finished deeds may be told: never one before another that came to the same record earlier."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from anwei.foundation.audit.rules import pause_after, settled

START = datetime(2026, 11, 25, tzinfo=UTC)


@dataclass(frozen=True)
class Deed:
    xid: int
    received: datetime
    touches: Sequence[str]


def deed(xid: int, second: int, *touches: str) -> Deed:
    return Deed(xid, START + timedelta(seconds=second), touches)


def test_everything_below_the_horizon_is_told_where_no_record_is_shared() -> None:
    assert settled([deed(1, 9, "a"), deed(2, 1, "b"), deed(7, 2, "c")], 5) == 5


def test_a_deed_waits_for_one_that_came_to_its_record_before_it() -> None:
    assert settled([deed(1, 1, "b"), deed(3, 9, "a"), deed(7, 2, "a")], 5) == 3


def test_what_waits_makes_others_wait() -> None:
    assert settled([deed(1, 1, "z"), deed(2, 9, "b"), deed(3, 8, "a", "b"), deed(7, 2, "a")], 5) == 2


@given(
    st.lists(st.tuples(st.integers(1, 20), st.integers(0, 20), st.sets(st.sampled_from("abcd"), min_size=1)), unique_by=lambda t: t[0]),
    st.integers(1, 21),
)
def test_no_record_sees_its_deeds_out_of_order(rows: list[tuple[int, int, set[str]]], horizon: int) -> None:
    deeds = [deed(xid, second, *sorted(touches)) for xid, second, touches in rows]
    stop = settled(deeds, horizon)
    assert stop <= horizon
    for told in (d for d in deeds if d.xid < stop):
        for later in (d for d in deeds if d.xid >= stop and set(d.touches) & set(told.touches)):
            assert told.received <= later.received


def test_the_pauses_grow() -> None:
    assert [pause_after(n).total_seconds() for n in (1, 2, 3, 4)] == [1, 4, 16, 64]
