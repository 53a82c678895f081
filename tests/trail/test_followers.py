"""Following the trail: nothing lost, nothing twice, in order for each record, whoever fails or is killed."""

import os
import subprocess
import sys
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError
from psycopg.types.json import Jsonb

from anwei.core.errors import Refusal
from anwei.core.ids import uuid7
from anwei.foundation.audit.following import follow
from anwei.foundation.audit.models import Cursor, Deed, Owed
from anwei.foundation.audit.rules import TRIES
from tests.trail.factory import connect, open_branches, settle
from tests.trail.followers import OPENED, follower, jotted

pytestmark = [pytest.mark.commit, pytest.mark.usefixtures("committed")]

ROW = """
    insert into definitions_definition (id, created_at, changed_at, kind, key, name_zh, name_en)
    values (%s, now(), now(), 'race', %s, '', '')
"""
DEED = {
    "verb": "tests.race", "actor_key": "system:race", "actor_name": "race", "door": "system", "reason": "", "request": "", "subject": "",
    "words": [OPENED], "outcome": "done", "refusal": "", "status": 200,
}  # fmt: skip


class ByHand:
    """A deed in a transaction that ends when the test says so. From its first write on it has its number."""

    def __init__(self) -> None:
        self.id = uuid7()
        self.app = connect("app")
        self.app.execute("begin")
        self.app.execute("select trail.open(%s, 'system:race', '')", [self.id])
        self.app.execute(ROW, [uuid4(), uuid4().hex])

    def write(self, branch: UUID) -> None:
        """Write the deed, as the last row of its transaction."""
        document = DEED | {"id": str(self.id), "touches": [f"branches.Branch:{branch}"]}
        self.app.execute("select trail.close(%s, '')", [Jsonb(document)])

    def commit(self) -> None:
        self.app.execute("commit")
        self.app.close()


def due() -> None:
    """Let what is owed be due now."""
    Owed.objects.update(next_at=Deed.objects.latest("received").received)


def test_every_deed_is_followed_once_in_order_by_the_system_itself() -> None:
    branches, greeter = open_branches(3), follower("greet")
    settle()
    follow(greeter)
    follow(greeter)
    assert jotted("greet") == [branch.pk for branch in branches]
    deed = Deed.objects.filter(verb="audit.follow").earliest("received")
    cause = Deed.objects.filter(verb="branches.open").earliest("received")
    assert (deed.actor, deed.actor_name, deed.door) == (None, "system", "system")
    assert deed.reason == f"greet: branches.open {cause.id}"


def test_one_that_has_nothing_to_do_says_so() -> None:
    open_branches()
    settle()
    follow(follower("idle").__class__("idle", frozenset({OPENED}), lambda actor, deed: None))
    assert Deed.objects.get(verb="audit.follow").outcome == "unchanged"


def test_a_killed_worker_loses_nothing_and_does_nothing_twice() -> None:
    seed = Random().randrange(2**32)
    print(f"seed {seed}")
    chance, branches = Random(seed), open_branches(6)
    settle()
    for _life in range(3):
        words = ["greet", chance.choice(["BEFORE", "AFTER"]), str(chance.randint(1, 6))]
        dead = subprocess.run([sys.executable, "-m", "tests.trail.dying", *words], env=os.environ.copy(), check=False)
        assert dead.returncode in (0, -9), words  # 0: the lives before left fewer than it wanted to be told of
    settle()
    follow(follower("greet"))
    assert jotted("greet") == [branch.pk for branch in branches]


def test_a_killed_worker_is_told_again_what_it_had_done() -> None:
    branches = open_branches(3)
    settle()
    dead = subprocess.run([sys.executable, "-m", "tests.trail.dying", "greet", "AFTER", "3"], env=os.environ.copy(), check=False)
    assert dead.returncode == -9
    assert len(jotted("greet")) == 2 and not Cursor.objects.exists()
    settle()
    follow(follower("greet"))
    assert jotted("greet") == [branch.pk for branch in branches]


def test_a_deed_that_commits_late_with_an_earlier_number_is_not_passed_over() -> None:
    early, late = uuid4(), uuid4()
    first, second = ByHand(), ByHand()
    second.write(late)
    second.commit()
    follow(follower("greet"))
    follow(follower("greet"))
    assert jotted("greet") == []  # an older transaction is still at work
    first.write(early)
    first.commit()
    settle()
    follow(follower("greet"))
    assert sorted(jotted("greet")) == sorted([early, late])


def test_the_deeds_of_one_record_are_told_in_their_order_whatever_their_numbers() -> None:
    branch, other = uuid4(), uuid4()
    second, between, first = ByHand(), ByHand(), ByHand()
    first.write(branch)
    first.commit()
    second.write(branch)
    second.commit()
    follow(follower("greet"))
    assert jotted("greet") == []  # the second is finished below the horizon, but the first is not
    between.write(other)
    between.commit()
    settle()
    follow(follower("greet"))
    told = Deed.objects.filter(verb="audit.follow").order_by("received").values_list("reason", flat=True)
    assert [reason.rpartition(" ")[2] for reason in told] == [str(deed.id) for deed in (first, second, between)]


def test_a_follower_that_fails_is_tried_again_then_sets_the_deed_aside_and_goes_on() -> None:
    poison, healthy = open_branches(2)

    def break_down(branch: str) -> None:
        if branch == str(poison.pk):
            raise ZeroDivisionError("no such shelf")

    def fail(name: str) -> Any:
        return follower(name, twist=break_down)

    settle()
    follow(fail("broken"))
    follow(follower("greet"))
    assert jotted("greet") == [poison.pk, healthy.pk]  # others do not mind
    assert jotted("broken") == [healthy.pk]
    again = ByHand()
    again.write(poison.pk)
    again.commit()
    settle()
    follow(fail("broken"))
    assert [(owed.deed == again.id, owed.tries) for owed in Owed.objects.order_by("received")] == [(False, 1), (True, 0)]
    for _try in range(TRIES - 1):
        due()
        follow(fail("broken"))
    aside = Owed.objects.set_aside().get()
    assert (aside.tries, aside.error) == (TRIES, "ZeroDivisionError: no such shelf")
    due()
    follow(follower("broken"))  # mended: what came after it goes on, itself it waits for somebody
    assert jotted("broken") == [healthy.pk, poison.pk] and Owed.objects.get() == aside


class Refused(Refusal):
    code = "refused"
    status = 409
    sentence = "The shelf is full."


def test_a_refusal_is_tried_again_as_another_request() -> None:
    open_branches()
    full = [True]

    def refuse(branch: str) -> None:
        if full:
            raise Refused

    settle()
    follow(follower("greet", twist=refuse))
    assert (Owed.objects.get().error, Owed.objects.get().refusals) == ("The shelf is full.", 1)
    full.clear()
    due()
    follow(follower("greet", twist=refuse))
    assert len(jotted("greet")) == 1 and not Owed.objects.exists()


def test_an_answer_that_was_lost_after_the_commit_makes_nothing_twice() -> None:
    open_branches()
    settle()
    follow(follower("greet"))
    cause = Deed.objects.get(verb="branches.open")
    Owed.objects.create(follower="greet", deed=cause.id, received=cause.received, touches=cause.touches, tries=1, next_at=cause.received)
    follow(follower("greet"))
    assert len(jotted("greet")) == 1 and not Owed.objects.exists()


def test_in_a_restored_copy_what_was_not_told_is_told_once() -> None:
    open_branches(2)
    settle()
    follow(follower("greet"))
    open_branches(1)
    settle()
    Cursor.objects.update(era="another cluster", horizon=2**40)
    follow(follower("greet"))
    follow(follower("greet"))
    assert len(jotted("greet")) == len(set(jotted("greet"))) == 3
    assert Cursor.objects.get().horizon < 2**40


def test_a_deed_is_owed_once() -> None:
    now = {"received": "2026-11-25T00:00Z", "next_at": "2026-11-25T00:00Z", "touches": []}
    id = uuid7()
    Owed.objects.create(follower="greet", deed=id, **now)
    with pytest.raises(IntegrityError):
        Owed.objects.create(follower="greet", deed=id, **now)
