from django.utils.translation import gettext_lazy as _

from anwei.core.rights import right

READ_RULES = right(
    "definitions.read", _("See rules and their versions"), "administrator", "service_manager", "quality_officer", "auditor", "data_steward"
)
DRAFT_RULES = right("definitions.draft", _("Draft rules"), "administrator", "service_manager", "data_steward")
PUBLISH_RULES = right("definitions.publish", _("Publish rules"), "administrator")
