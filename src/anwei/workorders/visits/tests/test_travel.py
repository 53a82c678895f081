from datetime import timedelta

import pytest
from django.utils import timezone

from anwei.core.flow.errors import NoSuchStep
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.visits.models import Visit
from anwei.workorders.visits.operations import travel
from anwei.workorders.visits.tests.deeds import delivered_twice, last_deed, refused_to_a_stranger, refused_without_right
from tests.journeys.company import Company, make_company
from tests.journeys.visit import go_to_work

pytestmark = pytest.mark.django_db


def test_it_moves_order_and_appointment(company: Company, sent: WorkOrder) -> None:
    order, at = go_to_work(company, sent, 1), timezone.now()
    visit = travel(actor=company.actor("tom"), order=order, at=at)
    order.refresh_from_db()
    assert (order.state, visit.state, visit.travelled_at) == ("travelling", "travelling", at)
    assert order.steps.get(verb="travel").by == company.users["tom"].pk
    assert last_deed("visits.travel").outcome == "done"


def test_it_is_no_step_after_itself(company: Company, sent: WorkOrder) -> None:
    order = go_to_work(company, sent, 2)
    with pytest.raises(NoSuchStep):
        travel(actor=company.actor("tom"), order=order, at=timezone.now())
    assert order.steps.filter(verb="travel").count() == 1


def test_only_who_was_sent_does_it(company: Company, sent: WorkOrder) -> None:
    order = go_to_work(company, sent, 1)
    refused_without_right(travel, company, order)
    refused_to_a_stranger(travel, make_company("CS"), order)
    assert Visit.objects.get(order=order).travelled_at is None


def test_the_same_tap_sent_twice_counts_once(company: Company, sent: WorkOrder) -> None:
    order = go_to_work(company, sent, 1)
    delivered_twice(travel, company, order.steps.filter(verb="travel").count, order=order)


def test_the_time_of_the_phone_is_kept_beside_the_time_of_the_server(company: Company, sent: WorkOrder) -> None:
    order, left = go_to_work(company, sent, 1), timezone.now() - timedelta(minutes=20)
    travel(actor=company.actor("tom"), order=order, at=left)
    step = order.steps.get(verb="travel")
    assert step.at == left and step.received_at > left + timedelta(minutes=19)
    assert Visit.objects.get(order=order).travelled_at == left
