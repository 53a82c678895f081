from django.utils.translation import gettext_lazy as _

from anwei.core.rights import right

READ_STOCK = right(
    "stock.read", _("See stock"), "storekeeper", "buyer", "field_engineer", "dispatcher", "finance_clerk", "service_manager", "auditor"
)
KEEP_PLACES = right("stock.places", _("Open stores and vans"), "storekeeper", "administrator")
RECEIVE_PARTS = right("stock.receive", _("Take parts into stock"), "storekeeper")
TRANSFER_PARTS = right("stock.transfer", _("Move parts between stores and vans"), "storekeeper")
REVERSE_MOVE = right("stock.reverse", _("Reverse a stock move"), "storekeeper", "finance_clerk")
ISSUE_PARTS = right("stock.issue", _("Issue parts to a van"), "storekeeper")
SEND_PARTS = right("stock.send", _("Send parts to another store"), "storekeeper")
HAND_OVER = right("stock.hand_over", _("Hand parts of one's own van to a colleague"), "field_engineer")
RECEIVE_TRANSFER = right("stock.receive_transfer", _("Receive parts that were sent"), "storekeeper", "field_engineer")
WRITE_OFF = right("stock.write_off", _("Write parts off with a second person"), "storekeeper", "quality_officer", "service_manager")
JUDGE_RETURNS = right("stock.judge", _("Decide what becomes of returned parts"), "storekeeper", "quality_officer")
CARE_FOR_OLD_PARTS = right("stock.old_parts", _("Clean old parts and wipe their data"), "field_engineer", "storekeeper")
COUNT_STOCK = right("stock.count", _("Count places"), "storekeeper")
APPROVE_COUNT = right("stock.approve_count", _("Approve what another person counted"), "storekeeper", "service_manager")
