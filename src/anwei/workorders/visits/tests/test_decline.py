import pytest
from django.utils import timezone

from anwei.core.flow.errors import FieldMissing, NoSuchStep
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.visits.models import Visit
from anwei.workorders.visits.operations import decline
from anwei.workorders.visits.tests.deeds import delivered_twice, last_deed, refused_to_a_stranger, refused_without_right
from tests.journeys.company import Company, make_company
from tests.journeys.visit import go_to_work

pytestmark = pytest.mark.django_db


def test_a_declined_job_waits_to_be_dispatched_again(company: Company, sent: WorkOrder) -> None:
    decline(actor=company.actor("tom"), order=sent, reason="车坏了", at=timezone.now())
    sent.refresh_from_db()
    assert (sent.state, sent.engineer, sent.turn) == ("accepted", None, "dispatcher")
    assert Visit.objects.get(order=sent).state == Visit.State.CANCELLED
    assert sent.steps.get(verb="decline").reason == "车坏了"
    assert company.actor("tom").ids("order") == frozenset()
    assert last_deed("visits.decline").outcome == "done"


def test_declining_needs_a_reason(company: Company, sent: WorkOrder) -> None:
    with pytest.raises(FieldMissing):
        decline(actor=company.actor("tom"), order=sent, reason="", at=timezone.now())
    assert Visit.objects.get(order=sent).state == Visit.State.PLANNED


def test_an_accepted_job_is_not_declined_any_more(company: Company, sent: WorkOrder) -> None:
    order = go_to_work(company, sent, 1)
    with pytest.raises(NoSuchStep):
        decline(actor=company.actor("tom"), order=order, reason="late", at=timezone.now())


def test_only_who_was_sent_declines(company: Company, sent: WorkOrder) -> None:
    refused_without_right(decline, company, sent, reason="no")
    refused_to_a_stranger(decline, make_company("CS"), sent, reason="no")


def test_declining_sent_twice_counts_once(company: Company, sent: WorkOrder) -> None:
    delivered_twice(decline, company, sent.steps.filter(verb="decline").count, order=sent, reason="ill")
