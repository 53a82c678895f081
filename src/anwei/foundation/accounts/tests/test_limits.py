import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from anwei.foundation.accounts import limits
from anwei.foundation.accounts.limits import Limit
from anwei.foundation.accounts.models import Bucket

BEGUN = datetime(2026, 11, 24, 6, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> datetime:
        return BEGUN + timedelta(seconds=self.seconds)


@pytest.mark.django_db
def test_a_burst_passes_and_then_one_waits() -> None:
    clock = Clock()
    limit = Limit("test", rate=2, burst=3, now=clock)
    assert [limit.take("a") for _n in range(4)] == [(2, 0), (1, 0), (0, 0), (0, 1)]
    clock.seconds = 0.5
    assert limit.take("a") == (0, 0)
    clock.seconds = 100
    assert limit.take("a") == (2, 0)


@pytest.mark.django_db
def test_one_caller_and_one_limit_take_nothing_from_another() -> None:
    limit = Limit("test", rate=1, burst=1, now=Clock())
    assert [limit.take("a"), limit.take("b"), Limit("other", rate=1, burst=1, now=Clock()).take("a")] == [(0, 0)] * 3


@pytest.mark.django_db
def test_names_do_not_pile_up(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    limit = Limit("test", rate=1, burst=1, now=clock)
    for n in range(20):
        limit.take(str(n))
    monkeypatch.setattr(limits, "SWEPT", 1)
    clock.seconds = 60
    limit.take("late")
    assert Bucket.objects.count() == 1


FLOOD = """
import sys, django
django.setup()
from django.test import Client
answers = [Client().get(f"/q/{sys.argv[1]}/") for _time in range(40)]
print(sum(a.status_code == 404 for a in answers), sum(a.status_code == 429 and "Retry-After" in a for a in answers))
"""


def test_two_processes_together_let_no_more_pass_than_one(committed: str) -> None:
    """Forty looks at one code from each of two processes: the burst is forty, and little leaks meanwhile; the rest is told kindly."""
    code = "QXY3DPR8WG"  # a code that was never printed
    running = [subprocess.Popen([sys.executable, "-c", FLOOD, code], stdout=subprocess.PIPE, text=True) for _process in range(2)]
    told = [tuple(int(n) for n in process.communicate(timeout=300)[0].split()) for process in running]
    passed, refused = sum(t[0] for t in told), sum(t[1] for t in told)
    assert passed + refused == 80
    assert 40 <= passed < 80
    assert refused
