from django.utils.translation import gettext_lazy as _

from anwei.core.rights import right

READ_RELEASES = right("quality.read", _("See what waits for release, and releases"), "quality_officer", "service_manager", "auditor")
RELEASE = right("quality.release", _("Release devices to clinical use, or refuse it"), "quality_officer")
ANSWER_HARM = right("quality.harm", _("Finish the assessment of harm"), "quality_officer")
READ_REPORTS = right(
    "quality.read_reports", _("See whether a device is released, and its service report"), "intake_clerk", "dispatcher", "field_engineer",
    "finance_clerk", "quality_officer", "service_manager", "auditor", "hospital_engineer", "distributor_user",
)  # fmt: skip
DELIVER_REPORT = right(
    "quality.deliver_report", _("Make and deliver service reports"), "quality_officer", "finance_clerk", "field_engineer"
)
CLOSE_ORDER = right("quality.close", _("Close orders whose record is complete"), "quality_officer", "finance_clerk")
