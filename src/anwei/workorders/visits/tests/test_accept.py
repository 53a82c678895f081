import pytest
from django.utils import timezone

from anwei.core.flow.errors import NoSuchStep
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.visits.models import Visit
from anwei.workorders.visits.operations import accept
from anwei.workorders.visits.tests.deeds import delivered_twice, last_deed, refused_to_a_stranger, refused_without_right
from tests.journeys.company import Company, make_company
from tests.journeys.visit import go_to_work

pytestmark = pytest.mark.django_db


def test_it_moves_order_and_appointment(company: Company, sent: WorkOrder) -> None:
    order, at = go_to_work(company, sent, 0), timezone.now()
    visit = accept(actor=company.actor("tom"), order=order, at=at)
    order.refresh_from_db()
    assert (order.state, visit.state, visit.accepted_at) == ("engineer_accepted", "accepted", at)
    assert order.steps.get(verb="take").by == company.users["tom"].pk
    assert last_deed("visits.accept").outcome == "done"


def test_it_is_no_step_after_itself(company: Company, sent: WorkOrder) -> None:
    order = go_to_work(company, sent, 1)
    with pytest.raises(NoSuchStep):
        accept(actor=company.actor("tom"), order=order, at=timezone.now())
    assert order.steps.filter(verb="take").count() == 1


def test_only_who_was_sent_does_it(company: Company, sent: WorkOrder) -> None:
    order = go_to_work(company, sent, 0)
    refused_without_right(accept, company, order)
    refused_to_a_stranger(accept, make_company("CS"), order)
    assert Visit.objects.get(order=order).accepted_at is None


def test_the_same_tap_sent_twice_counts_once(company: Company, sent: WorkOrder) -> None:
    order = go_to_work(company, sent, 0)
    delivered_twice(accept, company, order.steps.filter(verb="take").count, order=order)
