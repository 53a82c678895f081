from django.utils.translation import gettext_lazy as _

from anwei.core.errors import Refusal


class NoteIsEmpty(Refusal):
    code = "note_is_empty"
    status = 422
    sentence = _("Write something first; an empty note is not kept.")


class NobodyToSendTo(Refusal):
    code = "nobody_to_send_to"
    status = 422
    sentence = _("There is no mail address to send to. Nothing was sent; enter one first.")


class NotDue(Refusal):
    code = "mail_not_due"
    status = 409
    sentence = _("This mail is not to be sent now: it was sent, has failed, or is being sent.")


class OtherMail(Refusal):
    code = "try_of_other_mail"
    status = 409
    sentence = _("This was a try to send another mail. Nothing was written down.")


class SentAlready(Refusal):
    code = "mail_sent_already"
    status = 409
    sentence = _("This mail was sent already; it is not sent twice.")
