"""Why a photo is not taken or a paper not printed."""

from django.utils.translation import gettext_lazy as _

from anwei.core.errors import Refusal


class EmptyFile(Refusal):
    """Nothing arrived."""

    code = "files.empty"
    status = 400
    sentence = _("The file is empty. Please choose the photo again.")


class PhotoTooLarge(Refusal):
    """More bytes than a photo needs."""

    code = "files.photo_too_large"
    status = 413
    sentence = _("The photo is larger than %(limit)s MB. Please send a smaller one.")


class NotAPaper(Refusal):
    """Neither a PDF nor a photo."""

    code = "files.not_a_paper"
    status = 415
    sentence = _("This file is neither a PDF nor a photo. Please choose the scanned paper.")


class ScanTooLarge(Refusal):
    """More bytes than a scanned paper needs."""

    code = "files.scan_too_large"
    status = 413
    sentence = _("The paper is larger than %(limit)s MB. Please scan it smaller.")


class NotAPhoto(Refusal):
    """Something else than a plain photo, whatever its name says."""

    code = "files.not_a_photo"
    status = 415
    sentence = _("This file is not a photo. JPEG, PNG and WebP photos are taken.")


class TooManyPixels(Refusal):
    """A picture that would fill the memory."""

    code = "files.too_many_pixels"
    status = 413
    sentence = _("The photo has more than %(limit)s million pixels. Please send a smaller one.")


class DamagedPhoto(Refusal):
    """A photo cut short or broken on its way."""

    code = "files.damaged_photo"
    status = 400
    sentence = _("The photo arrived incomplete or damaged. Please send it again.")


class PaperTooLarge(Refusal):
    """More text or pictures than one document carries."""

    code = "files.paper_too_large"
    status = 413
    sentence = _("The document is too large to print. Please shorten its texts or take photos out.")


class IncompleteReport(Refusal):
    """A service report without what the law asks for."""

    code = "files.incomplete_report"
    sentence = _("The service report cannot be issued yet. Still missing: %(fields)s.")


class InvoiceDoesNotAddUp(Refusal):
    """A line whose tax and gross do not follow from its net."""

    code = "files.invoice_does_not_add_up"
    sentence = _("Line %(line)s of the invoice does not add up: net plus tax is not gross.")
