from django.utils.translation import gettext_lazy as _

from anwei.core.rights import right
from anwei.foundation.accounts.permissions import OURS

READ_INSTRUMENTS = right("instruments.read", _("See test instruments"), *OURS)
KEEP_INSTRUMENTS = right(
    "instruments.keep", _("Register test instruments and record their calibrations"), "quality_officer", "storekeeper", "administrator"
)
