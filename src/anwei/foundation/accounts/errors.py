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


class RoleOfAnotherSide(Refusal):
    code = "role_of_another_side"
    status = 422
    sentence = _("The role “%(role)s” is for another kind of user.")


class WrongPassword(Refusal):
    code = "wrong_password"
    status = 422
    sentence = _("This is not your present password.")


class NotYourself(Refusal):
    code = "not_yourself"
    sentence = _("Nobody disables themselves or changes what they may do or see. Ask another administrator.")


class OnlyYourself(Refusal):
    code = "only_yourself"
    status = 403
    sentence = _("Only the person themselves or who keeps users may change this.")


class Disabled(Refusal):
    code = "user_disabled"
    sentence = _("This user is disabled. Enable them first.")


class InvitationEnded(Refusal):
    code = "invitation_ended"
    sentence = _("This link has ended or was used already. Ask your administrator for a new one.")


class RightsBeyondOwner(Refusal):
    code = "rights_beyond_owner"
    sentence = _("A key cannot do more than its owner and who makes it: %(rights)s")


class EndsTooLate(Refusal):
    code = "ends_too_late"
    status = 422
    sentence = _("A key ends in the future, at most two years from now.")


class NoSuchRecord(Refusal):
    code = "no_such_record"
    status = 422
    sentence = _("Nothing of this kind has such a code or name.")


class SeveralRecords(Refusal):
    code = "several_records"
    status = 422
    sentence = _("Several fit; type one of them in full: %(names)s")
