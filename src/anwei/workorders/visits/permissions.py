from django.utils.translation import gettext_lazy as _

from anwei.core.rights import right

READ_VISITS = right(
    "visits.read", _("See appointments and what was done on site"), "field_engineer", "dispatcher", "quality_officer", "finance_clerk",
    "service_manager", "auditor", "intake_clerk",
)  # fmt: skip
WORK = right("visits.work", _("Do one's own jobs: travel, measure, fit parts, sign, finish"), "field_engineer")
