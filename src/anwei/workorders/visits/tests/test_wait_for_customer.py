import pytest
from django.utils import timezone

from anwei.core.flow.errors import FieldUnfit, ProofMissing
from anwei.foundation.clocks.models import Clock
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.visits.operations import wait_for_customer
from anwei.workorders.visits.tests.deeds import delivered_twice, last_deed, refused_to_a_stranger, refused_without_right
from tests.journeys.company import Company, make_company

pytestmark = pytest.mark.django_db
SAID = {"waiting_reason": "in_use", "evidence": "护士长周敏 14:20 电话"}


def test_the_clock_pauses_with_reason_and_evidence(company: Company, working: WorkOrder) -> None:
    wait_for_customer(actor=company.actor("tom"), order=working, at=timezone.now(), **SAID)
    working.refresh_from_db()
    assert (working.state, working.turn) == ("waiting_customer", "dispatcher")
    assert Clock.objects.get(subject=working.pk, kind="restore").state == Clock.State.PAUSED
    assert "周敏" in working.steps.get(verb="wait_for_customer").reason
    assert last_deed("visits.wait_for_customer").outcome == "done"


def test_without_evidence_the_clock_runs_on(company: Company, working: WorkOrder) -> None:
    with pytest.raises(ProofMissing):
        wait_for_customer(actor=company.actor("tom"), order=working, waiting_reason="in_use", evidence="", at=timezone.now())
    assert Clock.objects.get(subject=working.pk, kind="restore").state == Clock.State.RUNNING


def test_a_reason_that_the_flow_does_not_know_is_refused(company: Company, working: WorkOrder) -> None:
    with pytest.raises(FieldUnfit):
        wait_for_customer(actor=company.actor("tom"), order=working, waiting_reason="lunch", evidence="x", at=timezone.now())


def test_only_who_was_sent_says_so(company: Company, working: WorkOrder) -> None:
    refused_without_right(wait_for_customer, company, working, **SAID)
    refused_to_a_stranger(wait_for_customer, make_company("CS"), working, **SAID)


def test_saying_it_twice_counts_once(company: Company, working: WorkOrder) -> None:
    delivered_twice(wait_for_customer, company, working.steps.filter(verb="wait_for_customer").count, order=working, **SAID)
