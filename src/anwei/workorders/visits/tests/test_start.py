import pytest
from django.utils import timezone

from anwei.core.flow.errors import NoSuchStep
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.visits.models import Visit
from anwei.workorders.visits.operations import start
from anwei.workorders.visits.tests.deeds import delivered_twice, last_deed, refused_to_a_stranger, refused_without_right
from tests.journeys.company import Company, make_company
from tests.journeys.visit import go_to_work

pytestmark = pytest.mark.django_db


def test_it_moves_order_and_appointment(company: Company, sent: WorkOrder) -> None:
    order, at = go_to_work(company, sent, 3), timezone.now()
    visit = start(actor=company.actor("tom"), order=order, at=at)
    order.refresh_from_db()
    assert (order.state, visit.state, visit.started_at) == ("working", "working", at)
    assert order.steps.get(verb="start").by == company.users["tom"].pk
    assert last_deed("visits.start").outcome == "done"


def test_it_is_no_step_after_itself(company: Company, sent: WorkOrder) -> None:
    order = go_to_work(company, sent, 4)
    with pytest.raises(NoSuchStep):
        start(actor=company.actor("tom"), order=order, at=timezone.now())
    assert order.steps.filter(verb="start").count() == 1


def test_only_who_was_sent_does_it(company: Company, sent: WorkOrder) -> None:
    order = go_to_work(company, sent, 3)
    refused_without_right(start, company, order)
    refused_to_a_stranger(start, make_company("CS"), order)
    assert Visit.objects.get(order=order).started_at is None


def test_the_same_tap_sent_twice_counts_once(company: Company, sent: WorkOrder) -> None:
    order = go_to_work(company, sent, 3)
    delivered_twice(start, company, order.steps.filter(verb="start").count, order=order)


def test_the_device_is_not_to_be_used_from_the_start_of_work_on(company: Company, sent: WorkOrder) -> None:
    order = go_to_work(company, sent, 3)
    start(actor=company.actor("tom"), order=order, at=timezone.now())
    company.device.refresh_from_db()
    assert company.device.is_blocked
