from django.utils.translation import gettext_lazy as _

from anwei.core.errors import Refusal


class UnknownKind(Refusal):
    code = "unknown_instrument_kind"
    status = 422
    sentence = _("There is no kind of test instrument called “%(kind)s”.")


class NumberMissing(Refusal):
    code = "number_missing"
    status = 422
    sentence = _("Give the number that stands on the instrument.")


class NumberTaken(Refusal):
    code = "number_taken"
    sentence = _("An instrument with the number “%(number)s” is registered already.")


class InstrumentRetired(Refusal):
    code = "instrument_retired"
    sentence = _("Instrument %(number)s is out of service. Nothing was changed.")


class CalibrationDatesUnfit(Refusal):
    code = "calibration_dates_unfit"
    status = 422
    sentence = _("A calibration lies in the past and holds for some time: done %(done)s, due %(due)s, today %(today)s.")


class CalibrationOutdated(Refusal):
    code = "calibration_outdated"
    sentence = _("Instrument %(number)s was calibrated on %(last)s already; an older certificate adds nothing.")


class CertificateMissing(Refusal):
    code = "certificate_missing"
    status = 422
    sentence = _("Name the laboratory and the number of its certificate.")
