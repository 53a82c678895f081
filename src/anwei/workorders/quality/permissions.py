from django.utils.translation import gettext_lazy as _

from anwei.core.rights import right

READ_RELEASES = right("quality.read", _("See what waits for release, and releases"), "quality_officer", "service_manager", "auditor")
RELEASE = right("quality.release", _("Release devices to clinical use, or refuse it"), "quality_officer")
ANSWER_HARM = right("quality.harm", _("Finish the assessment of harm"), "quality_officer")
