"""What people from outside may read of orders: those of their hospital, those they brought, those granted by name; with their steps."""

from anwei.core.wall import Walled
from anwei.foundation.clocks.models import Clock
from anwei.workorders.orders.models import Step, WorkOrder

ORDERS = "{o}id = {order} or {o}hospital_id = {hospital} or {o}distributor_id = {distributor}"
# spelled out: an order that only an invoice names brings nothing else along
OF_ORDER = f"exists (select from orders_workorder o where o.id = order_id and ({ORDERS.replace('{o}', 'o.')}))"
WALLED = [
    # its device too: the order stays with the hospital for which it was done when the device has moved on
    Walled(WorkOrder, ORDERS.replace("{o}", ""), names=("hospital", "department", "device", "engineer")),
    Walled(Step, OF_ORDER),
    Walled(Clock, "false", besides=OF_ORDER.replace("order_id", "subject")),
]
