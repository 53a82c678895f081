from django.utils.translation import gettext_lazy as _

from anwei.core.rights import right

READ_MONEY = right("settlement.read", _("See who pays what"), "finance_clerk", "service_manager", "auditor")
SETTLE = right("settlement.settle", _("Settle orders: choose payers, confirm"), "finance_clerk")
