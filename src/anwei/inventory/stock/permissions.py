from django.utils.translation import gettext_lazy as _

from anwei.core.rights import right

READ_STOCK = right(
    "stock.read", _("See stock"), "storekeeper", "buyer", "field_engineer", "dispatcher", "finance_clerk", "service_manager", "auditor"
)
KEEP_PLACES = right("stock.places", _("Open stores and vans"), "storekeeper", "administrator")
RECEIVE_PARTS = right("stock.receive", _("Take parts into stock"), "storekeeper")
TRANSFER_PARTS = right("stock.transfer", _("Move parts between stores and vans"), "storekeeper")
REVERSE_MOVE = right("stock.reverse", _("Reverse a stock move"), "storekeeper", "finance_clerk")
