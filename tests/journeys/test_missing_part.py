"""The missing part, told through the operations: short, bought, received, the order wakes, issued, fitted, released, settled, paid for."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db.models import Sum
from django.utils import timezone

from anwei.core.registers import registers
from anwei.finance.settlement.models import SettlementLine
from anwei.finance.settlement.operations import confirm
from anwei.foundation.accounts.queries import actor_for, system_actor
from anwei.foundation.accounts.tests.factory import make_actor
from anwei.foundation.audit.models import Deed
from anwei.foundation.audit.queries import story
from anwei.foundation.ledger.models import Line
from anwei.inventory.demands.operations import IssueLine, issue
from anwei.inventory.parts.tests.factory import make_part
from anwei.inventory.stock.models import Balance, Due
from anwei.inventory.stock.tests.factory import make_place
from anwei.procurement.purchasing.operations import BillLine, Box, Judged, enter_invoice, inspect, order_demands, promise, receive, send
from anwei.procurement.purchasing.queries import payable, rules_of
from anwei.procurement.suppliers.tests.factory import make_price, make_supplier
from anwei.workorders.dispatch.operations import assign
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.quality.operations import release
from anwei.workorders.visits import operations as visits
from anwei.workorders.visits.models import PartRequest
from tests.journeys.company import Company, make_company
from tests.journeys.stages import WORK_DONE
from tests.journeys.visit import answer_all, at_work, go_to_work, sign
from tests.trail.factory import settle

pytestmark = [pytest.mark.commit, pytest.mark.usefixtures("committed")]
GTIN = "09506000134352"
