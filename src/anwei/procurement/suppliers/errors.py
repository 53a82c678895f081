from django.utils.translation import gettext_lazy as _

from anwei.core.errors import Refusal


class NotASupplier(Refusal):
    code = "not_a_supplier"
    status = 422
    sentence = _("%(name)s is kept neither as supplier nor as maker or distributor. Add the role to the body first.")


class LicenceExists(Refusal):
    code = "licence_exists"
    sentence = _("%(number)s is on file for this supplier already. Nothing was changed.")


class AlreadyExpired(Refusal):
    code = "already_expired"
    status = 422
    sentence = _("%(number)s ended on %(until)s. File the new one; nothing was kept.")


class WithdrawnAlready(Refusal):
    code = "withdrawn_already"
    sentence = _("%(number)s was withdrawn already.")


class ReasonNeeded(Refusal):
    code = "reason_needed"
    status = 422
    sentence = _("Say why; it stays with the record.")


class PriceUnfit(Refusal):
    code = "price_unfit"
    status = 422
    sentence = _("The price must be above zero and the tax rate between 0 and 1 (0.13 for 13 %%).")


class PeriodUnfit(Refusal):
    code = "period_unfit"
    status = 422
    sentence = _("The agreement would end before it begins.")
