"""Orders of the small company as they stand later: repaired, released, settled."""

from django.utils import timezone

from anwei.equipment.devices.tests.factory import make_device
from anwei.finance.settlement.models import Settlement
from anwei.finance.settlement.operations import confirm
from anwei.inventory.stock.tests.factory import make_stock
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.quality.operations import release
from anwei.workorders.visits import operations as visits
from tests.journeys.company import Company
from tests.journeys.visit import answer_all, at_work, fit, sign

WORK_DONE = "更换流量传感器，测试合格"


def repaired(company: Company) -> WorkOrder:
    """Return an order that Tom has finished: a part fitted, everything measured and signed."""
    order = at_work(company)
    fit(company, order)
    answer_all(company, order)
    sign(company, order)
    visits.finish(actor=company.actor("tom"), order=order, work_done=WORK_DONE, fault="VEN-01", at=timezone.now())
    order.refresh_from_db()
    return order


def released(company: Company) -> WorkOrder:
    """Return an order whose device Quinn has released."""
    order = repaired(company)
    release(actor=company.actor("quinn"), order=order, at=timezone.now())
    order.refresh_from_db()
    return order


def settled(company: Company) -> Settlement:
    """Return the settlement that Fay has confirmed."""
    return confirm(actor=company.actor("fay"), settlement=released(company).settlement, at=timezone.now())


def next_device(company: Company) -> Company:
    """Give the company another device of the hospital, and another part in the van, for a repair of its own."""
    company.device = make_device(company.device.hospital)
    make_stock(company.part, company.van, serial="FS-1")
    return company
