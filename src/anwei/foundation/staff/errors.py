from django.utils.translation import gettext_lazy as _

from anwei.core.errors import Refusal


class AbsenceHasNoLength(Refusal):
    code = "absence_has_no_length"
    status = 422
    sentence = _("The absence must end after it begins.")
