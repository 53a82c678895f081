from django.utils.translation import gettext_lazy as _

from anwei.core.errors import Refusal


class NameTaken(Refusal):
    code = "name_taken"
    sentence = _("There is a user called “%(username)s” already.")


class UnknownRole(Refusal):
    code = "unknown_role"
    status = 422
    sentence = _("There is no role called “%(role)s”.")


class WeakPassword(Refusal):
    code = "weak_password"
    status = 422
    sentence = _("This password is too easy to guess: %(reasons)s")


class NotYourself(Refusal):
    code = "not_yourself"
    sentence = _("Nobody disables themselves or changes their own roles. Ask another administrator.")


class RightsBeyondOwner(Refusal):
    code = "rights_beyond_owner"
    sentence = _("A key cannot do more than its owner: %(rights)s")
