from django.utils.translation import gettext_lazy as _

from anwei.core.rights import right

READ_LEDGER = right("ledger.read", _("See the books"), "finance_clerk", "service_manager", "auditor")
KEEP_LEDGER = right("ledger.keep", _("Open accounts of the books"), "finance_clerk", "administrator")
