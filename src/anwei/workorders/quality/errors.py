from django.utils.translation import gettext_lazy as _

from anwei.core.errors import Refusal


class ReasonMissing(Refusal):
    code = "reason_missing"
    status = 422
    sentence = _("Say why the device is not released; the engineer reads it.")


class NothingToAssess(Refusal):
    code = "nothing_to_assess"
    sentence = _("The question about harm is answered; there is nothing to assess.")


class NotReleased(Refusal):
    code = "not_released"
    sentence = _("The report is made when the device is released.")


class RecordIncomplete(Refusal):
    code = "record_incomplete"
    sentence = _("The order cannot be closed: its service record lacks %(fields)s.")
