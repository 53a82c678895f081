from django.utils.translation import gettext_lazy as _

from anwei.core.errors import Refusal


class ReasonMissing(Refusal):
    code = "reason_missing"
    status = 422
    sentence = _("Say why the device is not released; the engineer reads it.")


class NothingToAssess(Refusal):
    code = "nothing_to_assess"
    sentence = _("The question about harm is answered; there is nothing to assess.")
