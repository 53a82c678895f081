from django.utils.translation import gettext_lazy as _

from anwei.core.errors import Refusal


class AbsenceHasNoLength(Refusal):
    code = "absence_has_no_length"
    status = 422
    sentence = _("The absence must end after it begins.")


class UnknownSkill(Refusal):
    code = "unknown_skill"
    status = 422
    sentence = _("There is no skill called “%(skill)s”.")


class GradeUnfit(Refusal):
    code = "grade_unfit"
    status = 422
    sentence = _("A grade is a number from 1 to 4.")


class UnknownCertificate(Refusal):
    code = "unknown_certificate"
    status = 422
    sentence = _("There is no kind of certificate called “%(kind)s”.")


class CertificateEndsBefore(Refusal):
    code = "certificate_ends_before"
    status = 422
    sentence = _("A certificate must not end before it was issued.")


class AbsenceOver(Refusal):
    code = "absence_over"
    sentence = _("This absence is over already; it stays as it was.")
