import pytest
from django.utils import timezone

from anwei.core.flow.errors import NoSuchStep, ProofMissing
from anwei.foundation.clocks.models import Clock
from anwei.inventory.parts.tests.factory import make_part
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.visits.operations import request_part, wait_for_customer, wait_for_part
from anwei.workorders.visits.tests.deeds import delivered_twice, last_deed, refused_to_a_stranger, refused_without_right
from tests.journeys.company import Company, make_company

pytestmark = pytest.mark.django_db


def asked(company: Company, order: WorkOrder) -> str:
    """Ask for a part that is nowhere; return what people read of it."""
    part = make_part()
    request_part(actor=company.actor("tom"), order=order, part=part, at=timezone.now())
    return f"{part.number} × 1"


def restore_clock(order: WorkOrder) -> str:
    return Clock.objects.get(subject=order.pk, kind="restore").state


def test_the_storekeeper_reads_which_part_is_missing_and_our_clock_runs_on(company: Company, working: WorkOrder) -> None:
    words = asked(company, working)
    wait_for_part(actor=company.actor("tom"), order=working, at=timezone.now())
    working.refresh_from_db()
    assert (working.state, working.turn) == ("waiting_part", "storekeeper")
    assert working.steps.get(verb="wait_for_part").reason == words
    assert restore_clock(working) == Clock.State.RUNNING
    assert last_deed("visits.wait_for_part").outcome == "done"


def test_the_clock_pauses_for_a_part_that_the_hospital_brings(company: Company, working: WorkOrder) -> None:
    given = {"waiting_reason": "hospital_part", "evidence": "设备科 14:20 电话"}
    wait_for_customer(actor=company.actor("tom"), order=working, at=timezone.now(), **given)
    assert restore_clock(working) == Clock.State.PAUSED


def test_waiting_for_nothing_in_particular_is_refused(company: Company, working: WorkOrder) -> None:
    with pytest.raises(ProofMissing):
        wait_for_part(actor=company.actor("tom"), order=working, at=timezone.now())


def test_nobody_waits_for_what_lies_in_the_own_van(company: Company, working: WorkOrder) -> None:
    request_part(actor=company.actor("tom"), order=working, part=company.part, at=timezone.now())
    with pytest.raises(ProofMissing):
        wait_for_part(actor=company.actor("tom"), order=working, at=timezone.now())


def test_nobody_waits_before_being_there(company: Company, sent: WorkOrder) -> None:
    asked(company, sent)
    with pytest.raises(NoSuchStep):
        wait_for_part(actor=company.actor("tom"), order=sent, at=timezone.now())


def test_only_who_was_sent_says_so(company: Company, working: WorkOrder) -> None:
    refused_without_right(wait_for_part, company, working)
    refused_to_a_stranger(wait_for_part, make_company("CS"), working)


def test_saying_it_twice_counts_once(company: Company, working: WorkOrder) -> None:
    asked(company, working)
    delivered_twice(wait_for_part, company, working.steps.filter(verb="wait_for_part").count, order=working)
