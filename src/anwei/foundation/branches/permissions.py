from django.utils.translation import gettext_lazy as _

from anwei.core.rights import right

KEEP_BRANCHES = right("branches.keep", _("Open branches"), "administrator")
