from django.utils.translation import gettext_lazy as _

from anwei.core.errors import Refusal


class MovedMeanwhile(Refusal):
    code = "order_moved"
    sentence = _("This order was moved on meanwhile. Nothing of yours was saved; look at its new state.")


class DeviceRetired(Refusal):
    code = "device_retired"
    sentence = _("%(device)s is out of service for good; no order can be opened on it.")


class NotByHand(Refusal):
    code = "not_by_hand"
    sentence = _("“%(verb)s” is done on its own page, with what it needs.")
