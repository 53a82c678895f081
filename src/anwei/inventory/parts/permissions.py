from django.utils.translation import gettext_lazy as _

from anwei.core.rights import right
from anwei.foundation.accounts.permissions import OURS

READ_PARTS = right("parts.read", _("See the parts list"), *OURS)
KEEP_PARTS = right("parts.keep", _("Add and change parts"), "data_steward", "storekeeper", "buyer")
