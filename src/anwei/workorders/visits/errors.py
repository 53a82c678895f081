from django.utils.translation import gettext_lazy as _

from anwei.core.errors import Refusal


class NotYourVisit(Refusal):
    code = "not_your_visit"
    status = 404
    sentence = _("This job is not yours, or it was taken back. What you recorded before stays with the order.")


class NoOpenVisit(Refusal):
    code = "no_open_visit"
    sentence = _("The order has no open appointment. What you recorded before stays with the order.")


class UnknownTask(Refusal):
    code = "unknown_task"
    status = 422
    sentence = _("The checklist of this order has no task “%(task)s”.")


class ReadingUnfit(Refusal):
    code = "reading_unfit"
    status = 422
    sentence = _("%(task)s: “%(value)s” does not fit. Nothing of this entry was saved.")


class ReasonNeeded(Refusal):
    code = "reason_needed"
    status = 422
    sentence = _("%(task)s is out of its limits: say why work goes on, or measure again.")


class InstrumentNeeded(Refusal):
    code = "instrument_needed"
    status = 422
    sentence = _("Say with which test instrument this was measured.")


class OutOfCalibration(Refusal):
    code = "out_of_calibration"
    sentence = _("%(instrument)s was out of calibration on that day; a reading with it does not count. Use another instrument.")


class NoVan(Refusal):
    code = "no_van"
    sentence = _("You have no van in the stock; ask the warehouse to open one.")


class OldPartNeeded(Refusal):
    code = "old_part_needed"
    status = 422
    sentence = _("The old part of %(part)s goes back: say its serial number and its condition.")


class AlreadyUsed(Refusal):
    code = "already_used"
    sentence = _("This piece was fitted already. Nothing was booked a second time.")


class NothingShown(Refusal):
    code = "nothing_shown"
    status = 422
    sentence = _("A signature belongs to what was shown; open the summary again and sign there.")


class NominalNeeded(Refusal):
    code = "nominal_needed"
    status = 422
    sentence = _("%(task)s: say which value was set on the device; the limits follow from it.")


class PhotoNeeded(Refusal):
    code = "photo_needed"
    status = 422
    sentence = _("%(task)s is answered by a photo, not by words.")


class SignerNeeded(Refusal):
    code = "signer_needed"
    status = 422
    sentence = _("A signature needs the name of who signs, in print.")


class UnknownFault(Refusal):
    code = "unknown_fault"
    status = 422
    sentence = _("“%(fault)s” is no fault code of this kind of device. Choose one of the list, or leave it out.")
