from django.utils.translation import gettext_lazy as _

from anwei.core.rights import right

SEE_BOARD = right("dispatch.board", _("See the day of the engineers"), "dispatcher", "service_manager", "auditor")
ASSIGN = right("dispatch.assign", _("Assign orders to engineers and take them back"), "dispatcher")
OVERRIDE = right("dispatch.override", _("Assign in spite of a violation, with a reason"), "dispatcher", "service_manager")
