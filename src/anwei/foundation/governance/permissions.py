from django.utils.translation import gettext_lazy as _

from anwei.core.rights import right
from anwei.foundation.accounts.permissions import OURS

PROPOSE = right("governance.propose", _("Propose changes that a second person decides"), *(r for r in OURS if r != "auditor"))
READ_PROPOSALS = right("governance.read", _("See proposals"), *OURS)
DECIDE = right("governance.decide", _("Decide proposals of others"), "data_steward", "service_manager", "quality_officer")
