from django.utils.translation import gettext_lazy as _

from anwei.core.rights import right

REPORT_FAULT = right("intake.report", _("Report a fault by the sticker on the device"), "public", "intake_clerk", "hospital_engineer")
REPORT_OWN = right("intake.report_own", _("Report a fault of a device in one's own ledger"), "hospital_engineer")
READ_REQUESTS = right(
    "intake.read", _("See fault requests"), "intake_clerk", "dispatcher", "service_manager", "auditor", "quality_officer",
    "field_engineer", "hospital_engineer",
)  # fmt: skip
READ_CALLERS = right("intake.callers", _("See who reported a fault, and their telephone"), "intake_clerk", "dispatcher", "service_manager")
TAKE_IN = right("intake.take_in", _("Take fault requests in, or answer them"), "intake_clerk")
