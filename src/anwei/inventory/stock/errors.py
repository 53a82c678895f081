from django.utils.translation import gettext_lazy as _

from anwei.core.errors import Refusal


class NotEnoughStock(Refusal):
    code = "not_enough_stock"
    sentence = _("%(place)s holds %(there)s of %(part)s, %(asked)s were asked for. Nothing was moved.")


class SerialNeeded(Refusal):
    code = "serial_needed"
    status = 422
    sentence = _("%(part)s is followed by serial number: one piece at a time, with its serial.")


class LotNeeded(Refusal):
    code = "lot_needed"
    status = 422
    sentence = _("%(part)s is followed by lot: say which lot.")


class SerialElsewhere(Refusal):
    code = "serial_elsewhere"
    sentence = _("%(part)s with serial %(serial)s lies in another place already. Nothing was moved.")


class MovedAlready(Refusal):
    code = "moved_already"
    sentence = _("This was booked already. Nothing was moved a second time.")


class NoQuantity(Refusal):
    code = "no_quantity"
    status = 422
    sentence = _("The quantity must be above zero.")


class SamePlace(Refusal):
    code = "same_place"
    status = 422
    sentence = _("The parts are in that place already.")


class ReversedAlready(Refusal):
    code = "reversed_already"
    sentence = _("This move was reversed already.")
