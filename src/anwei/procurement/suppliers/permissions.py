from django.utils.translation import gettext_lazy as _

from anwei.core.rights import right

READ_SUPPLIERS = right(
    "suppliers.read", _("See suppliers and their licences"),
    "buyer", "storekeeper", "finance_clerk", "quality_officer", "data_steward", "service_manager", "auditor",
)  # fmt: skip
KEEP_SUPPLIERS = right("suppliers.keep", _("Admit suppliers and keep their licences"), "buyer")
READ_PRICES = right("suppliers.prices", _("See the prices agreed with suppliers"), "buyer", "finance_clerk", "service_manager", "auditor")
AGREE_PRICES = right("suppliers.agree", _("Enter prices agreed with suppliers"), "buyer")
