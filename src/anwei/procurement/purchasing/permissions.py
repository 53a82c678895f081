from django.utils.translation import gettext_lazy as _

from anwei.core.rights import right

READ_ORDERS = right(
    "purchasing.read", _("See purchase orders and receipts"),
    "buyer", "storekeeper", "finance_clerk", "quality_officer", "service_manager", "auditor",
)  # fmt: skip
BUY = right("purchasing.buy", _("Make, send and chase purchase orders"), "buyer")
RECEIVE = right("purchasing.receive", _("Receive and inspect what was ordered"), "storekeeper")
READ_BILLS = right("purchasing.bills", _("See suppliers' invoices and their match"), "finance_clerk", "buyer", "service_manager", "auditor")
MATCH = right("purchasing.match", _("Enter suppliers' invoices and match them"), "finance_clerk")
