from django.utils.translation import gettext_lazy as _

from anwei.core.rights import right

REPORT_FAULT = right("intake.report", _("Report a fault of a device"), "public", "intake_clerk", "hospital_engineer")
READ_REQUESTS = right("intake.read", _("See fault requests"), "intake_clerk", "dispatcher", "service_manager", "auditor", "quality_officer")
TAKE_IN = right("intake.take_in", _("Take fault requests in, or answer them"), "intake_clerk")
