"""The worker as a process of its own: whoever kills it, no job is lost and none is done twice."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from anwei.core.jobs import served
from anwei.foundation.accounts.queries import actor_for
from anwei.foundation.accounts.tests.factory import make_user
from anwei.foundation.audit.models import Deed
from anwei.foundation.governance.models import Inspection
from anwei.foundation.governance.tasks import inspect_now
from anwei.foundation.organisations.models import Organisation
from anwei.initialisation.migration.models import ImportSession
from anwei.initialisation.migration.operations import begin, load_chunk
from anwei.initialisation.migration.tests.test_import_session import checked, excerpt

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def worker() -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Start workers beside this process; none outlives the test."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        started.append(subprocess.Popen([sys.executable, "-m", "anwei.config.main", "worker"], env=os.environ | {"ANWEI_DEBUG": ""}))
        return started[-1]

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.wait()


def eventually(holds: Callable[[], Any], seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.1)


def time_passes() -> None:
    """Let the last sign of life of every worker be an hour old."""
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_workers set last_heartbeat = last_heartbeat - interval '1 hour'")


def test_a_killed_worker_loses_no_job_and_the_next_one_ends_the_import(worker: Callable[[], subprocess.Popen[bytes]]) -> None:
    stella = make_user("stella", "data_steward")
    session = checked(actor_for(stella, "page"), excerpt(900))
    begin(actor_for(stella, "page"), session, load_chunk)
    assert not served()
    first = worker()
    eventually(lambda: ProcrastinateJob.objects.filter(task_name="migration.work", status="doing").exists())
    first.kill()
    first.wait()
    left = session.rows.filter(state="ready").count()
    assert left, "it was killed in the midst of the work"
    assert ProcrastinateJob.objects.filter(task_name="migration.work", status__in=["doing", "todo"]).exists()
    time_passes()
    worker()
    eventually(lambda: ImportSession.objects.get(pk=session.pk).state == "loaded")
    eventually(lambda: not ProcrastinateJob.objects.filter(task_name="migration.work").exists())
    loaded = session.rows.filter(state="loaded").values_list("record", flat=True)
    assert len(set(loaded)) == len(loaded) == Organisation.objects.count()


def test_a_worker_seals_inspects_and_ends_in_order_when_it_is_told(worker: Callable[[], subprocess.Popen[bytes]]) -> None:
    make_user("adam", "administrator")
    process = worker()
    inspect_now()
    eventually(served)
    eventually(Inspection.objects.exists)
    assert Deed.objects.filter(verb="governance.keep_inspection", actor_name="timetable").exists()
    process.send_signal(signal.SIGTERM)
    assert process.wait() == 0
    assert not ProcrastinateWorker.objects.exists()
