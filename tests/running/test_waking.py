"""A real worker wakes the order whose part came in, on its own and once."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest
from django.utils import timezone

from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.audit.models import Deed
from anwei.foundation.notices.models import Notice
from anwei.inventory.demands.tests.factory import serving
from anwei.inventory.parts.tests.factory import make_part
from anwei.inventory.stock.tests.factory import make_place, make_stock
from anwei.workorders.visits.operations import request_part
from tests.journeys.company import make_company
from tests.journeys.visit import at_work

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def worker() -> Iterator[Callable[[], "subprocess.Popen[bytes]"]]:
    """Start workers beside this process; none outlives the test."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> "subprocess.Popen[bytes]":
        started.append(subprocess.Popen([sys.executable, "-m", "anwei.config.main", "worker"], env=os.environ | {"ANWEI_DEBUG": ""}))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def eventually(holds: Callable[[], object], seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.1)


def test_the_order_wakes_by_itself_once_though_its_worker_is_killed(worker: Callable[[], "subprocess.Popen[bytes]"]) -> None:
    company, part = make_company(), make_part()
    store, order = make_place("store", "Store", branch=company.branch), at_work(company)
    request_part(actor=company.actor("tom"), order=order, part=part, at=timezone.now(), wait=True)
    first = worker()
    eventually(lambda: Deed.objects.filter(verb="audit.follow", touches__contains=[f"orders.WorkOrder:{order.pk}"]).exists())
    make_stock(part, store)
    serving(actor=system_actor("test"), part=part, place=store)
    first.kill()
    first.wait()
    worker()
    eventually(lambda: order.steps.filter(verb="plan_again").exists())
    served = Deed.objects.get(words__contains=["demands.served"])
    eventually(lambda: Deed.objects.filter(verb="audit.follow", reason__endswith=str(served.id)).exists())
    order.refresh_from_db()
    assert order.state == "accepted" and order.steps.filter(verb="plan_again").count() == 1
    assert Notice.objects.filter(message__contains="parts for").count() == 2
