"""T08: eight phones, eight request ids, one effect."""

import threading
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from anwei.core.operation import Operation, deliver
from anwei.core.registers import registers
from anwei.inventory.stock.models import Balance
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.visits.models import PartUse
from anwei.workorders.visits.operations import finish, fit_part
from tests.journeys.company import Company, make_company
from tests.journeys.visit import answer_all, at_work, sign

pytestmark = pytest.mark.commit
PHONES = 8


def raced(op: Operation[..., Any], company: Company, **given: Any) -> list[int]:
    """Deliver the same deed from eight threads at once, each with a request id of its own; return the statuses."""
    barrier, statuses = threading.Barrier(PHONES), [0] * PHONES
    tom = company.actor("tom")

    def run(number: int) -> None:
        barrier.wait()
        try:
            arguments = {**given, "actor": tom, "at": timezone.now()}
            statuses[number] = deliver(op, tom, lambda: arguments, lambda made: None, request_id=str(uuid4()))[0].status
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(PHONES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(statuses)


def once(statuses: list[int]) -> bool:
    """Say whether one was done and the others were refused."""
    return statuses == [200] + [409] * (PHONES - 1)


def test_one_piece_is_fitted_once(committed: str) -> None:
    company = make_company()
    order = at_work(company)
    assert once(raced(fit_part, company, order=order, part=company.part, serial="FS-1", old_serial="FS-0", old_condition="defective"))
    assert PartUse.objects.count() == 1
    assert Balance.objects.get(place=company.van, serial="FS-1").quantity == 0
    assert not [i.name for i in registers.invariants if i.name != "clocks_as_recomputed" and i.broken()]


def test_work_is_finished_once(committed: str) -> None:
    company = make_company()
    order = at_work(company)
    answer_all(company, order)
    sign(company, order)
    assert once(raced(finish, company, order=order, work_done="done"))
    assert WorkOrder.objects.get(pk=order.pk).steps.filter(verb="finish").count() == 1
