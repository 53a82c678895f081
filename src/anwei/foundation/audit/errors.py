from django.utils.translation import gettext_lazy as _

from anwei.core.errors import Refusal


class HoldsNothingPersonal(Refusal):
    code = "holds_nothing_personal"
    status = 422
    sentence = _("Records of the kind “%(kind)s” hold no personal data.")
