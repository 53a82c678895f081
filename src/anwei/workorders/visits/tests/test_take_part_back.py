import pytest
from django.utils import timezone

from anwei.core.errors import NotFound
from anwei.core.registers import registers
from anwei.inventory.stock.models import Balance, Move
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.visits.operations import take_part_back
from anwei.workorders.visits.tests.deeds import delivered_twice, last_deed, refused_to_a_stranger, refused_without_right
from tests.journeys.company import Company, make_company
from tests.journeys.visit import at_work, fit

pytestmark = pytest.mark.django_db


def test_the_piece_lies_in_the_van_again_and_nothing_is_forgotten(company: Company, working: WorkOrder) -> None:
    use = take_part_back(actor=company.actor("tom"), order=working, use=fit(company, working), at=timezone.now())
    assert use.quantity == 0
    assert Balance.objects.get(place=company.van, serial="FS-1", condition="good").quantity == 1
    assert Balance.objects.get(place=company.van, serial="FS-0").quantity == 0
    assert Move.objects.filter(cause_id=use.pk).count() == 4
    assert last_deed("visits.take_part_back").outcome == "done"
    assert not [i.name for i in registers.invariants if i.name != "clocks_as_recomputed" and i.broken()]


def test_it_can_be_fitted_again_afterwards(company: Company, working: WorkOrder) -> None:
    take_part_back(actor=company.actor("tom"), order=working, use=fit(company, working), at=timezone.now())
    fit(company, working)
    assert Balance.objects.get(place=company.van, serial="FS-1", condition="good").quantity == 0


def test_taking_back_what_was_taken_back_changes_nothing(company: Company, working: WorkOrder) -> None:
    use = fit(company, working)
    for _turn in range(2):
        take_part_back(actor=company.actor("tom"), order=working, use=use, at=timezone.now())
    assert Move.objects.filter(cause_id=use.pk).count() == 4


def test_the_part_of_another_order_is_not_taken_back_here(company: Company, working: WorkOrder) -> None:
    other = make_company("CS")
    use = fit(other, at_work(other))
    with pytest.raises(NotFound):
        take_part_back(actor=company.actor("tom"), order=working, use=use, at=timezone.now())
    use.refresh_from_db()
    assert use.quantity == 1


def test_only_who_was_sent_takes_back(company: Company, working: WorkOrder) -> None:
    use = fit(company, working)
    refused_without_right(take_part_back, company, working, use=use)
    refused_to_a_stranger(take_part_back, make_company("CS"), working, use=use)


def test_taking_back_sent_twice_counts_once(company: Company, working: WorkOrder) -> None:
    use = fit(company, working)
    delivered_twice(take_part_back, company, Move.objects.filter(cause_id=use.pk, posting="back").count, order=working, use=use)
