import pytest
from django.utils import timezone

from anwei.core.registers import registers
from anwei.inventory.parts.tests.factory import make_part
from anwei.inventory.stock.errors import NotEnoughStock
from anwei.inventory.stock.models import Balance, Move
from anwei.inventory.stock.tests.factory import make_stock
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.visits.errors import AlreadyUsed, OldPartNeeded
from anwei.workorders.visits.models import PartUse
from anwei.workorders.visits.operations import fit_part
from anwei.workorders.visits.tests.deeds import delivered_twice, last_deed, refused_to_a_stranger, refused_without_right
from tests.journeys.company import Company, make_company
from tests.journeys.visit import fit

pytestmark = pytest.mark.django_db


def test_the_new_part_leaves_the_van_and_the_old_one_comes_back_with_stock_and_money_as_one(company: Company, working: WorkOrder) -> None:
    use = fit(company, working)
    assert Balance.objects.get(place=company.van, serial="FS-1").quantity == 0
    old = Balance.objects.get(place=company.van, serial="FS-0")
    assert (old.quantity, old.condition) == (1, "defective")
    assert use.move is not None and use.move.entry is not None and use.move.value == company.part.cost
    assert last_deed("visits.fit_part").outcome == "done"
    assert not [i.name for i in registers.invariants if i.name != "clocks_as_recomputed" and i.broken()]


def test_a_part_whose_old_piece_goes_back_is_not_fitted_without_it(company: Company, working: WorkOrder) -> None:
    with pytest.raises(OldPartNeeded):
        fit_part(actor=company.actor("tom"), order=working, part=company.part, serial="FS-1", at=timezone.now())
    assert Balance.objects.get(place=company.van, serial="FS-1").quantity == 1


def test_what_is_not_in_the_van_is_not_fitted(company: Company, working: WorkOrder) -> None:
    moves = Move.objects.count()
    with pytest.raises(NotEnoughStock):
        fit_part(actor=company.actor("tom"), order=working, part=company.part, serial="FS-9", old_condition="defective", at=timezone.now())
    assert Move.objects.count() == moves and not PartUse.objects.exists()


def test_the_same_piece_is_fitted_once_however_often_it_is_asked_for(company: Company, working: WorkOrder) -> None:
    fit(company, working)
    with pytest.raises(AlreadyUsed):
        fit(company, working)
    assert PartUse.objects.count() == 1


def test_two_pieces_of_a_part_without_serials_are_two(company: Company, working: WorkOrder) -> None:
    filters = make_part(number="FILTER", tracking="none")
    make_stock(filters, company.van, 3)
    for _piece in range(2):
        fit_part(actor=company.actor("tom"), order=working, part=filters, at=timezone.now())
    assert Balance.objects.get(place=company.van, part=filters).quantity == 1


def test_only_who_was_sent_fits(company: Company, working: WorkOrder) -> None:
    refused_without_right(fit_part, company, working, part=company.part, serial="FS-1", old_condition="defective")
    other = make_company("CS")
    refused_to_a_stranger(fit_part, other, working, part=other.part, serial="FS-1", old_condition="defective")


def test_a_part_sent_twice_is_fitted_once(company: Company, working: WorkOrder) -> None:
    delivered_twice(fit_part, company, PartUse.objects.count, order=working, part=company.part, serial="FS-1", old_condition="defective")
