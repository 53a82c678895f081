from django.utils.translation import gettext_lazy as _

from anwei.core.errors import Refusal


class NotSettled(Refusal):
    code = "not_settled"
    sentence = _("Confirm the settlement first; then it can be billed.")


class NothingToBill(Refusal):
    code = "nothing_to_bill"
    sentence = _("No line of this settlement is for a payer who gets an invoice, or all are billed.")


class InvoicedAlready(Refusal):
    code = "invoiced_already"
    sentence = _("This payer has an invoice for this settlement: %(number)s.")


class Overpaid(Refusal):
    code = "overpaid"
    status = 422
    sentence = _("%(amount)s is more than the %(open)s that is open. Nothing was recorded.")


class PaymentExists(Refusal):
    code = "payment_exists"
    sentence = _("A payment with the reference %(reference)s is recorded for this invoice already.")


class NoAmount(Refusal):
    code = "no_amount"
    status = 422
    sentence = _("The amount must be above zero.")


class ReferenceMissing(Refusal):
    code = "reference_missing"
    status = 422
    sentence = _("Say the bank's reference; by it a payment is recorded once.")
