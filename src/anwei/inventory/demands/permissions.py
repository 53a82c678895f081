from django.utils.translation import gettext_lazy as _

from anwei.core.rights import right

READ_DEMANDS = right(
    "demands.read", _("See which parts are wanted"),
    "storekeeper", "buyer", "dispatcher", "field_engineer", "finance_clerk", "service_manager", "auditor",
)  # fmt: skip
WANT = right("demands.want", _("Ask for parts for a store"), "storekeeper", "buyer")
ISSUE = right("demands.issue", _("Issue parts to a van"), "storekeeper")
