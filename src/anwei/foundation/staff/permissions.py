from django.utils.translation import gettext_lazy as _

from anwei.core.rights import right

READ_STAFF = right(
    "staff.read", _("See engineers, their skills, certificates and absences"), "dispatcher", "service_manager", "quality_officer",
    "administrator", "auditor", "field_engineer",
)  # fmt: skip
KEEP_STAFF = right("staff.keep", _("Register engineers, skills, certificates and absences"), "service_manager", "administrator")
