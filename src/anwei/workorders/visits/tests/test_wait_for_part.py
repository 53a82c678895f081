import pytest
from django.utils import timezone

from anwei.core.flow.errors import NoSuchStep, ProofMissing
from anwei.foundation.clocks.models import Clock
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.visits.operations import wait_for_part
from anwei.workorders.visits.tests.deeds import delivered_twice, last_deed, refused_to_a_stranger, refused_without_right
from tests.journeys.company import Company, make_company

pytestmark = pytest.mark.django_db


def test_the_storekeeper_reads_which_part_is_missing_and_our_clock_runs_on(company: Company, working: WorkOrder) -> None:
    wait_for_part(actor=company.actor("tom"), order=working, part_wanted="FS-2210 ×1", at=timezone.now())
    working.refresh_from_db()
    assert (working.state, working.turn) == ("waiting_part", "storekeeper")
    assert working.steps.get(verb="wait_for_part").reason == "FS-2210 ×1"
    assert Clock.objects.get(subject=working.pk, kind="restore").state == Clock.State.RUNNING
    assert last_deed("visits.wait_for_part").outcome == "done"


def test_waiting_for_nothing_in_particular_is_refused(company: Company, working: WorkOrder) -> None:
    with pytest.raises(ProofMissing):
        wait_for_part(actor=company.actor("tom"), order=working, part_wanted=" ", at=timezone.now())


def test_nobody_waits_before_being_there(company: Company, sent: WorkOrder) -> None:
    with pytest.raises(NoSuchStep):
        wait_for_part(actor=company.actor("tom"), order=sent, part_wanted="FS-2210", at=timezone.now())


def test_only_who_was_sent_says_so(company: Company, working: WorkOrder) -> None:
    refused_without_right(wait_for_part, company, working, part_wanted="x")
    refused_to_a_stranger(wait_for_part, make_company("CS"), working, part_wanted="x")


def test_saying_it_twice_counts_once(company: Company, working: WorkOrder) -> None:
    delivered_twice(wait_for_part, company, working.steps.filter(verb="wait_for_part").count, order=working, part_wanted="FS-2210")
