from django.utils.translation import gettext_lazy as _

from anwei.core.errors import Refusal


class PartExists(Refusal):
    code = "part_exists"
    sentence = _("There is a part %(number)s already.")
