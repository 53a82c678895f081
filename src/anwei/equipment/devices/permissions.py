from django.utils.translation import gettext_lazy as _

from anwei.core.rights import right
from anwei.foundation.accounts.permissions import EVERYBODY

READ_DEVICES = right("devices.read", _("See devices and their lives"), *EVERYBODY)
KEEP_MODELS = right("devices.keep_models", _("Register device models"), "data_steward", "administrator")
KEEP_DEVICES = right(
    "devices.keep", _("Register devices and amend their details"), "intake_clerk", "data_steward", "administrator", "service_manager"
)
PLACE_DEVICES = right(
    "devices.place", _("Install devices and move them within a hospital"), "intake_clerk", "field_engineer", "data_steward",
    "administrator", "service_manager",
)  # fmt: skip
TRANSFER_DEVICES = right("devices.transfer", _("Transfer devices to another hospital, retire them"), "data_steward", "service_manager")
CORRECT_DEVICES = right(
    "devices.correct", _("Propose corrections of serial number, model or hospital"), "intake_clerk", "data_steward", "service_manager"
)
BLOCK_DEVICES = right("devices.block", _("Put devices out of use"), "field_engineer", "intake_clerk", "quality_officer", "service_manager")
UNBLOCK_DEVICES = right("devices.unblock", _("Lift blocks that were put by hand"), "quality_officer")
PRINT_STICKERS = right("devices.print_stickers", _("Print and revoke stickers"), "data_steward", "administrator")
CLAIM_STICKERS = right(
    "devices.claim_stickers", _("Stick a code onto a device"), "field_engineer", "intake_clerk", "data_steward", "administrator"
)
