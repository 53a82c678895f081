from django.utils.translation import gettext_lazy as _

from anwei.core.rights import right
from anwei.foundation.accounts.permissions import OURS

PROPOSE = right("governance.propose", _("Propose changes that a second person decides"), *(r for r in OURS if r != "auditor"))
READ_PROPOSALS = right("governance.read", _("See proposals"), *OURS)
READ_INSPECTIONS = right("governance.read_inspections", _("See what the nightly inspections found"), "administrator", "auditor")
INSPECT = right("governance.inspect", _("Have everything that must always hold inspected now"), "administrator")
DECIDE = right("governance.decide", _("Decide proposals of others"), "data_steward", "service_manager", "quality_officer")
