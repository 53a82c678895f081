from django.utils.translation import gettext_lazy as _

from anwei.core.errors import Refusal


class EngineerElsewhere(Refusal):
    code = "engineer_elsewhere"
    sentence = _("%(engineer)s has another appointment from %(from_at)s to %(to_at)s. Nothing was planned; choose another time.")


class EngineerAbsent(Refusal):
    code = "engineer_absent"
    sentence = _("%(engineer)s is absent at that time. Nothing was planned.")


class VisitHasNoLength(Refusal):
    code = "visit_has_no_length"
    status = 422
    sentence = _("The appointment must end after it begins.")
