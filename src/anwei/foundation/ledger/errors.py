from django.utils.translation import gettext_lazy as _

from anwei.core.errors import Refusal


class Unbalanced(Refusal):
    code = "unbalanced"
    sentence = _("The posting does not balance: debit %(debit)s, credit %(credit)s. Nothing was posted.")


class UnknownAccount(Refusal):
    code = "unknown_account"
    status = 422
    sentence = _("There is no account %(code)s in the books.")


class PostedAlready(Refusal):
    code = "posted_already"
    sentence = _("This was posted already. Nothing was posted a second time.")
