"""Who is called when a deed commits: at once, one at a time, and whoever stands by takes over."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

import pytest

from anwei.foundation.audit.calling import follow_all, on_every_deed
from anwei.foundation.audit.models import Cursor
from tests.trail.factory import connect, open_branches, settle
from tests.trail.followers import follower, jotted

pytestmark = [pytest.mark.commit, pytest.mark.usefixtures("committed")]
LONG = 3600.0  # seconds: who looks again only then was called
PATIENCE = 60  # seconds, for a busy machine


@contextmanager
def called(act: Callable[[], float]) -> Iterator[Event]:
    """Act at every deed in a thread, until the block or the event ends it."""
    stop = Event()
    thread = Thread(target=on_every_deed, args=(os.environ["ANWEI_DSN_APP"], "tests", act), kwargs={"stop": stop})
    thread.start()
    try:
        yield stop
    finally:
        stop.set()
        thread.join()


def test_a_commit_calls_and_nobody_needs_to_look() -> None:
    looked = [Event(), Event()]
    calls = iter(looked)

    def act() -> float:
        next(calls, looked[-1]).set()
        return LONG

    with called(act):
        assert looked[0].wait(PATIENCE)  # at its start it looks
        open_branches()
        assert looked[1].wait(PATIENCE)


def test_a_call_names_the_records_of_many_only_the_kind() -> None:
    with connect("app") as bell:
        bell.execute("listen anwei_deed")
        branch = open_branches()[0]
        assert [call.payload for call in bell.notifies(timeout=PATIENCE, stop_after=1)] == [f"branches.Branch:{branch.pk}"]


def test_one_process_acts_and_the_other_takes_over() -> None:
    first, second = Event(), Event()

    def act_first() -> float:
        first.set()
        return LONG

    def act_second() -> float:
        second.set()
        return LONG

    with called(act_first) as stop:
        assert first.wait(PATIENCE)
        with called(act_second):
            open_branches()
            assert not second.wait(2)
            stop.set()
            assert second.wait(PATIENCE)


def test_a_follower_that_cannot_be_served_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    from anwei.core.registers import Follower, registers

    broken = Follower("broken", frozenset(), lambda actor, deed: None)
    object.__setattr__(broken, "words", None)  # not even its words can be read
    monkeypatch.setattr(registers, "followers", [broken, follower("greet")])
    open_branches()
    settle()
    follow_all()
    assert len(jotted("greet")) == 1 and not Cursor.objects.filter(pk="broken").exists()
