from django.utils.translation import gettext_lazy as _

from anwei.core.errors import Refusal


class ModelNameMissing(Refusal):
    code = "model_name_missing"
    status = 422
    sentence = _("Say the name of the model as it stands on the label.")


class UnknownCategory(Refusal):
    code = "unknown_category"
    status = 422
    sentence = _("There is no device category called “%(category)s”.")


class SameModelExists(Refusal):
    code = "same_model_exists"
    sentence = _("“%(name)s” of %(maker)s is registered already, with the same device identifier or none.")


class DiUnfit(Refusal):
    code = "di_unfit"
    status = 422
    sentence = _("“%(di)s” has the form of no issuer's device identifier. Compare it with the label.")


class SerialMissing(Refusal):
    code = "serial_missing"
    status = 422
    sentence = _("Type the serial number from the label, or scan a code that carries it.")


class SerialTaken(Refusal):
    code = "serial_taken"
    sentence = _("This model is registered with the serial number “%(serial)s” already. Nothing was changed; open that device.")


class SerialDiffers(Refusal):
    code = "serial_differs"
    status = 422
    sentence = _("The scanned code carries the serial number “%(scanned)s”, but “%(typed)s” was typed. Compare both with the label.")


class UdiOfOtherModel(Refusal):
    code = "udi_of_other_model"
    status = 422
    sentence = _("The scanned code belongs to another model: it carries %(scanned)s, this model has %(known)s.")


class UdiAnswersDisagree(Refusal):
    code = "udi_answers_disagree"
    status = 422
    sentence = _("A device that carries no UDI cannot have one scanned. Leave out one of the two.")


class WrongRole(Refusal):
    code = "wrong_role"
    status = 422
    sentence = _("“%(name)s” is not registered as a body of this kind.")


class DepartmentElsewhere(Refusal):
    code = "department_elsewhere"
    status = 422
    sentence = _("The department “%(department)s” belongs to another hospital.")


class BranchMissing(Refusal):
    code = "branch_missing"
    status = 422
    sentence = _("No branch of ours serves “%(hospital)s” yet. Name the branch.")


class DatesDisagree(Refusal):
    code = "dates_disagree"
    status = 422
    sentence = _("These dates cannot be: bought %(bought)s, installed %(installed)s, warranty until %(warranty)s, today %(today)s.")


class DeviceRetired(Refusal):
    code = "device_retired"
    sentence = _("Device %(number)s is retired. Nothing was changed.")


class AlreadyInstalled(Refusal):
    code = "already_installed"
    sentence = _("Device %(number)s is installed already. Move it instead.")


class NotInItself(Refusal):
    code = "not_in_itself"
    status = 422
    sentence = _("A device cannot be part of itself or of one of its own parts.")


class SameHospital(Refusal):
    code = "same_hospital"
    sentence = _("Device %(number)s stands at “%(hospital)s” already. Move it to another department or room instead.")


class ReasonMissing(Refusal):
    code = "reason_missing"
    status = 422
    sentence = _("Say why; the reason stays with the device.")


class AlreadyBlocked(Refusal):
    code = "already_blocked"
    sentence = _("You have put device %(number)s out of use already. Nothing was changed.")


class NotBlocked(Refusal):
    code = "not_blocked"
    sentence = _("Device %(number)s carries no such block, or it has ended.")


class BlockHasOwner(Refusal):
    code = "block_has_owner"
    sentence = _("This block was put by another record and ends only there, by its own release.")


class TooManyStickers(Refusal):
    code = "too_many_stickers"
    status = 422
    sentence = _("Print between 1 and %(most)s stickers at once.")


class UnknownSticker(Refusal):
    code = "unknown_sticker"
    status = 404
    sentence = _("No sticker of ours carries this code. Scan again, or type the ten characters below the picture.")


class StickerTaken(Refusal):
    code = "sticker_taken"
    sentence = _("This sticker is on another device already. Use a fresh one.")


class StickerRevoked(Refusal):
    code = "sticker_revoked"
    sentence = _("This sticker was taken out of use. Use a fresh one.")
