from django.utils.translation import gettext_lazy as _

from anwei.core.rights import right
from anwei.foundation.accounts.permissions import EVERYBODY

READ_COVERAGE = right("contracts.coverage", _("See who pays for a device"), *EVERYBODY)
READ_CONTRACTS = right(
    "contracts.read", _("See contracts"), "intake_clerk", "dispatcher", "finance_clerk", "quality_officer", "data_steward",
    "administrator", "service_manager", "auditor", "hospital_engineer", "distributor_user",
)  # fmt: skip
KEEP_CONTRACTS = right("contracts.keep", _("Sign and end contracts"), "service_manager", "finance_clerk")
