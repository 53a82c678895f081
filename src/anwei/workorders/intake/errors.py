from django.utils.translation import gettext_lazy as _

from anwei.core.errors import Refusal


class AlreadyAnswered(Refusal):
    code = "already_answered"
    sentence = _("This request was answered already. Nothing was changed.")


class UnknownSymptom(Refusal):
    code = "unknown_symptom"
    status = 422
    sentence = _("Choose one of the symptoms shown.")


class UnknownHarm(Refusal):
    code = "unknown_harm"
    status = 422
    sentence = _("Say whether a patient was affected: not, nearly, or harmed.")


class AnswerMissing(Refusal):
    code = "answer_missing"
    status = 422
    sentence = _("Write an answer; the ward reads it.")


class OtherDevice(Refusal):
    code = "other_device"
    sentence = _("The order %(number)s is on another device; the request cannot join it.")


class OrderEnded(Refusal):
    code = "order_ended"
    sentence = _("The order %(number)s has ended; take the request in as a new one.")


class UrgedLately(Refusal):
    code = "urged_lately"
    status = 429
    sentence = _("You reminded us less than an hour ago. We know that you wait; call the hotline if it became worse.")


class NothingRuns(Refusal):
    code = "nothing_runs"
    sentence = _("This report is finished; there is nothing to remind us of. Scan the device again if something is wrong.")
