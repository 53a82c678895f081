from django.utils.translation import gettext_lazy as _

from anwei.core.rights import right

SEE_BOARD = right("dispatch.board", _("See the day of the engineers"), "dispatcher", "service_manager", "auditor")
ASSIGN = right("dispatch.assign", _("Assign orders to engineers and take them back"), "dispatcher")
