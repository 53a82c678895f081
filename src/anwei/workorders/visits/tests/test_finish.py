import pytest
from django.utils import timezone

from anwei.core.flow.errors import ConditionNotMet, FieldMissing, ProofMissing
from anwei.inventory.parts.tests.factory import make_part
from anwei.inventory.stock.models import Due
from anwei.inventory.stock.tests.factory import make_stock
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.visits import operations as visits
from anwei.workorders.visits.errors import NoOpenVisit, UnknownFault
from anwei.workorders.visits.models import Visit
from anwei.workorders.visits.operations import finish
from anwei.workorders.visits.tests.deeds import delivered_twice, last_deed, refused_to_a_stranger, refused_without_right
from tests.journeys.company import Company, make_company
from tests.journeys.visit import answer_all, fit, sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready(company: Company, working: WorkOrder) -> WorkOrder:
    """Return an order on which everything but the end is done."""
    fit(company, working)
    answer_all(company, working)
    sign(company, working)
    return working


def test_the_device_waits_to_be_released_by_somebody_else(company: Company, ready: WorkOrder) -> None:
    at = timezone.now()
    visit = finish(actor=company.actor("tom"), order=ready, work_done="换流量传感器", fault="VEN-01", cause="老化", at=at)
    ready.refresh_from_db()
    company.device.refresh_from_db()
    assert (ready.state, ready.turn, ready.done_at) == ("repaired", "quality_officer", at)
    assert (ready.fault, ready.cause, ready.work_done) == ("VEN-01", "老化", "换流量传感器")
    assert (visit.state, visit.finished_at) == (Visit.State.DONE, at) and company.device.is_blocked
    assert last_deed("visits.finish").outcome == "done"


def test_an_old_part_that_waits_to_be_cleaned_keeps_nobody_from_finishing(company: Company, working: WorkOrder) -> None:
    valve = make_part(number="VALVE", core_return=True, hazards=["infectious"])
    make_stock(valve, company.van, serial="V-1")
    tom = company.actor("tom")
    visits.fit_part(actor=tom, order=working, part=valve, serial="V-1", old_serial="V-0", old_condition="defective", at=timezone.now())
    answer_all(company, working)
    sign(company, working)
    finish(actor=tom, order=working, work_done="换呼气阀", at=timezone.now())
    assert Due.objects.get(part=valve).state == Due.State.NOT_CLEAN


def test_nothing_is_finished_with_an_open_checklist(company: Company, working: WorkOrder) -> None:
    with pytest.raises(ConditionNotMet):
        finish(actor=company.actor("tom"), order=working, work_done="x", at=timezone.now())


def test_nothing_is_finished_unsigned(company: Company, working: WorkOrder) -> None:
    answer_all(company, working)
    with pytest.raises(ProofMissing):
        finish(actor=company.actor("tom"), order=working, work_done="x", at=timezone.now())


def test_what_was_done_is_said_and_the_fault_code_is_one(company: Company, ready: WorkOrder) -> None:
    with pytest.raises(FieldMissing):
        finish(actor=company.actor("tom"), order=ready, work_done="", at=timezone.now())
    with pytest.raises(UnknownFault):
        finish(actor=company.actor("tom"), order=ready, work_done="x", fault="DEF-01", at=timezone.now())
    ready.refresh_from_db()
    assert ready.state == "working"


def test_finished_work_is_not_finished_again(company: Company, ready: WorkOrder) -> None:
    finish(actor=company.actor("tom"), order=ready, work_done="x", at=timezone.now())
    with pytest.raises(NoOpenVisit):
        finish(actor=company.actor("tom"), order=ready, work_done="y", at=timezone.now())


def test_only_who_was_sent_finishes(company: Company, ready: WorkOrder) -> None:
    refused_without_right(finish, company, ready, work_done="x")
    refused_to_a_stranger(finish, make_company("CS"), ready, work_done="x")


def test_finishing_sent_twice_counts_once(company: Company, ready: WorkOrder) -> None:
    delivered_twice(finish, company, ready.steps.filter(verb="finish").count, order=ready, work_done="x")
