"""The nightly inspection: what does not hold is kept, told once, and shown."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from anwei.core.errors import NoRight
from anwei.core.registers import Invariant, registers
from anwei.foundation.accounts.tests.factory import make_actor, make_user
from anwei.foundation.audit.models import Deed
from anwei.foundation.governance.models import Inspection
from anwei.foundation.governance.operations import keep_inspection
from anwei.foundation.governance.tasks import inspect
from anwei.foundation.notices.models import Notice

pytestmark = pytest.mark.commit
NIGHT = 1_790_000_000


@pytest.fixture(autouse=True)
def database(committed: str) -> None:
    """Jobs deliver deeds, which commit."""


@pytest.fixture
def broken() -> Iterator[list[dict[str, Any]]]:
    """An invariant that a test breaks by adding rows."""
    rows: list[dict[str, Any]] = []
    registers.invariants.append(Invariant("stock.seen", "Stock is seen", lambda: rows))
    yield rows
    registers.invariants.pop()


def test_a_quiet_night_is_kept_and_disturbs_nobody() -> None:
    make_user("adam", "administrator")
    inspect(timestamp=NIGHT)
    inspection = Inspection.objects.get()
    assert inspection.broken == [] and "trail.root" in inspection.names
    assert Deed.objects.get(verb="governance.keep_inspection").outcome == "done"
    assert not Notice.objects.exists()


def test_what_does_not_hold_is_kept_and_told_to_the_administrators(broken: list[dict[str, Any]]) -> None:
    adam = make_user("adam", "administrator")
    make_user("clara", "intake_clerk")
    broken += [{"piece": n, "at": timezone.now()} for n in range(50)]
    inspect(timestamp=NIGHT)
    (found,) = Inspection.objects.get().broken
    assert (found["name"], found["count"], len(found["rows"])) == ("stock.seen", 50, 20)
    notice = Notice.objects.get()
    assert notice.user == adam and notice.values == {"count": "1", "names": "stock.seen"}


def test_a_night_is_kept_once_however_often_its_job_is_done(broken: list[dict[str, Any]]) -> None:
    make_user("adam", "administrator")
    broken.append({"piece": 1})
    for _ in range(2):
        inspect(timestamp=NIGHT)
    assert (Inspection.objects.count(), Notice.objects.count()) == (1, 1)
    inspect(timestamp=NIGHT + 86_400)
    assert (Inspection.objects.count(), Notice.objects.count()) == (2, 2)


def test_a_person_reports_no_inspection() -> None:
    with pytest.raises(NoRight):
        keep_inspection(actor=make_actor("adam", "administrator"), names=[], broken=[], at=timezone.now())
    assert not Inspection.objects.exists()


def test_the_page_shows_the_last_night_and_says_that_no_worker_runs(client: Client, broken: list[dict[str, Any]]) -> None:
    client.force_login(make_user("adam", "administrator"))
    address = reverse("governance:inspections")
    assert "尚未巡检" in client.get(address).content.decode()
    broken.append({"piece": 7})
    inspect(timestamp=NIGHT)
    shown = client.get(address).content.decode()
    assert "Stock is seen" in shown and "1 条记录异常" in shown and "后台进程未运行" in shown


def test_an_administrator_has_it_done_now_and_an_auditor_only_reads(client: Client) -> None:
    client.force_login(make_user("adam", "administrator"))
    client.post(reverse("governance:inspect"))
    assert ProcrastinateJob.objects.get().task_name == "governance.inspect"
    client.force_login(make_user("otto", "auditor"))
    assert client.get(reverse("governance:inspections")).status_code == 200
    assert client.post(reverse("governance:inspect")).status_code == 403
