from django.utils.translation import gettext_lazy as _

from anwei.core.errors import Refusal


class Confirmed(Refusal):
    code = "settlement_confirmed"
    sentence = _("The settlement is confirmed; a correction is a credit note.")


class UnknownPayer(Refusal):
    code = "unknown_payer"
    status = 422
    sentence = _("“%(payer)s” is no payer.")


class PayerReasonNeeded(Refusal):
    code = "payer_reason_needed"
    status = 422
    sentence = _("Say why another pays than the rule says.")


class NobodyToBill(Refusal):
    code = "nobody_to_bill"
    status = 422
    sentence = _("This order has no distributor who could pay.")
