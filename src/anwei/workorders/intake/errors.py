from django.utils.translation import gettext_lazy as _

from anwei.core.errors import Refusal


class AlreadyAnswered(Refusal):
    code = "already_answered"
    sentence = _("This request was answered already. Nothing was changed.")


class UnknownSymptom(Refusal):
    code = "unknown_symptom"
    status = 422
    sentence = _("Choose one of the symptoms shown.")


class OtherDevice(Refusal):
    code = "other_device"
    sentence = _("The order %(number)s is on another device; the request cannot join it.")


class UrgedLately(Refusal):
    code = "urged_lately"
    status = 429
    sentence = _("You reminded us less than an hour ago. We know that you wait; call the hotline if it became worse.")
