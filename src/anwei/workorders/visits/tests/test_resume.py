import pytest
from django.utils import timezone

from anwei.core.flow.errors import NoSuchStep
from anwei.foundation.clocks.models import Clock
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.visits.operations import resume, wait_for_customer
from anwei.workorders.visits.tests.deeds import delivered_twice, last_deed, refused_to_a_stranger, refused_without_right
from tests.journeys.company import Company, make_company

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(company: Company, working: WorkOrder) -> WorkOrder:
    """Return an order that waits for the hospital."""
    wait_for_customer(actor=company.actor("tom"), order=working, waiting_reason="in_use", evidence="周敏", at=timezone.now())
    return working


def test_work_goes_on_and_so_does_the_clock(company: Company, waiting: WorkOrder) -> None:
    visit = resume(actor=company.actor("tom"), order=waiting, at=timezone.now())
    waiting.refresh_from_db()
    assert (waiting.state, visit.state) == ("working", "working")
    assert Clock.objects.get(subject=waiting.pk, kind="restore").state == Clock.State.RUNNING
    assert last_deed("visits.resume").outcome == "done"


def test_nothing_is_resumed_that_does_not_wait(company: Company, working: WorkOrder) -> None:
    with pytest.raises(NoSuchStep):
        resume(actor=company.actor("tom"), order=working, at=timezone.now())


def test_only_who_was_sent_goes_on(company: Company, waiting: WorkOrder) -> None:
    refused_without_right(resume, company, waiting)
    refused_to_a_stranger(resume, make_company("CS"), waiting)


def test_going_on_sent_twice_counts_once(company: Company, waiting: WorkOrder) -> None:
    delivered_twice(resume, company, waiting.steps.filter(verb="resume").count, order=waiting)
