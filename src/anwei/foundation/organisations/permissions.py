from django.utils.translation import gettext_lazy as _

from anwei.core.rights import right
from anwei.foundation.accounts.permissions import EVERYBODY

READ_ORGANISATIONS = right("organisations.read", _("See hospitals and other bodies"), *EVERYBODY)
KEEP_ORGANISATIONS = right(
    "organisations.keep", _("Register and change hospitals and other bodies"), "data_steward", "intake_clerk", "administrator"
)
