from django.utils.translation import gettext_lazy as _

from anwei.core.errors import Refusal


class UnknownScheme(Refusal):
    code = "unknown_scheme"
    status = 422
    sentence = _("There is no cover called “%(scheme)s” that a contract can have.")


class UnknownTier(Refusal):
    code = "unknown_tier"
    status = 422
    sentence = _("There is no published service level called “%(tier)s”.")


class UnknownGroup(Refusal):
    code = "unknown_part_group"
    status = 422
    sentence = _("There is no part group called “%(group)s”.")


class PeriodUnfit(Refusal):
    code = "period_unfit"
    status = 422
    sentence = _("The period from %(starts)s to %(ends)s cannot be.")


class NumberTaken(Refusal):
    code = "number_taken"
    sentence = _("A contract with the number “%(number)s” is there already.")


class NothingCovered(Refusal):
    code = "nothing_covered"
    status = 422
    sentence = _("Name the devices that are covered, or cover every device of the customer.")


class DeviceOfOther(Refusal):
    code = "device_of_other"
    status = 422
    sentence = _("Device %(number)s belongs neither to “%(customer)s” nor is it looked after by it.")


class BranchMissing(Refusal):
    code = "branch_missing"
    status = 422
    sentence = _("No branch of ours serves “%(customer)s” yet. Name the branch.")


class EndedAlready(Refusal):
    code = "ended_already"
    sentence = _("Contract %(number)s has ended already. Nothing was changed.")


class ReasonMissing(Refusal):
    code = "reason_missing"
    status = 422
    sentence = _("Say why the contract ends early.")
