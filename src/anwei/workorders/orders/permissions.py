from django.utils.translation import gettext_lazy as _

from anwei.core.rights import right

READ_ORDERS = right(
    "orders.read", _("See work orders"), "intake_clerk", "dispatcher", "field_engineer", "storekeeper", "buyer", "finance_clerk",
    "quality_officer", "service_manager", "administrator", "auditor", "hospital_engineer", "distributor_user",
)  # fmt: skip
OPEN_ORDER = right("orders.open", _("Open work orders"), "intake_clerk", "service_manager")
ADVANCE_ORDER = right(
    "orders.advance", _("Move work orders along their flow, as far as the flow lets the role"), "intake_clerk", "dispatcher",
    "field_engineer", "storekeeper", "finance_clerk", "quality_officer", "service_manager",
)  # fmt: skip
