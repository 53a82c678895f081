import pytest
from django.utils import timezone

from anwei.core.flow.errors import NoSuchStep
from anwei.foundation.clocks.models import Clock
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.visits.models import Visit
from anwei.workorders.visits.operations import arrive
from anwei.workorders.visits.tests.deeds import delivered_twice, last_deed, refused_to_a_stranger, refused_without_right
from tests.journeys.company import Company, make_company
from tests.journeys.visit import go_to_work

pytestmark = pytest.mark.django_db


def test_it_moves_order_and_appointment(company: Company, sent: WorkOrder) -> None:
    order, at = go_to_work(company, sent, 2), timezone.now()
    visit = arrive(actor=company.actor("tom"), order=order, at=at)
    order.refresh_from_db()
    assert (order.state, visit.state, visit.arrived_at) == ("on_site", "on_site", at)
    assert order.steps.get(verb="arrive").by == company.users["tom"].pk
    assert last_deed("visits.arrive").outcome == "done"


def test_it_is_no_step_after_itself(company: Company, sent: WorkOrder) -> None:
    order = go_to_work(company, sent, 3)
    with pytest.raises(NoSuchStep):
        arrive(actor=company.actor("tom"), order=order, at=timezone.now())
    assert order.steps.filter(verb="arrive").count() == 1


def test_only_who_was_sent_does_it(company: Company, sent: WorkOrder) -> None:
    order = go_to_work(company, sent, 2)
    refused_without_right(arrive, company, order)
    refused_to_a_stranger(arrive, make_company("CS"), order)
    assert Visit.objects.get(order=order).arrived_at is None


def test_the_same_tap_sent_twice_counts_once(company: Company, sent: WorkOrder) -> None:
    order = go_to_work(company, sent, 2)
    delivered_twice(arrive, company, order.steps.filter(verb="arrive").count, order=order)


def test_arriving_stops_the_clocks_of_response_and_arrival(company: Company, sent: WorkOrder) -> None:
    order = go_to_work(company, sent, 2)
    arrive(actor=company.actor("tom"), order=order, at=timezone.now())
    states = dict(Clock.objects.filter(subject=order.pk).values_list("kind", "state"))
    assert (states["respond"], states["onsite"], states["restore"]) == ("stopped", "stopped", "running")
