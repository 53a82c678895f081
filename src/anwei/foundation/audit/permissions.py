from django.utils.translation import gettext_lazy as _

from anwei.core.rights import right

READ_TRAIL = right("audit.read", _("Read the trail of deeds and changes"), "auditor", "quality_officer", "administrator")
READ_PERSONAL = right(
    "audit.read_personal", _("See personal data in the history of a record"), "auditor", "quality_officer", "data_steward", "administrator"
)
ERASE_PERSONAL = right("audit.erase", _("Erase personal data from the history of a record"), "data_steward", "administrator")
FOLLOW_AGAIN = right("audit.follow_again", _("Have deeds that were set aside followed again"), "administrator")
