"""How places and conditions are told in words."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from anwei.core.labels import Listing
from anwei.core.shell import PillView, Text

PLACES: dict[str, Text] = {
    "store": _("Store"), "bin": _("Bin"), "van": _("Van"), "quarantine": _("Quarantine"), "defective": _("Defective parts"),
    "transit": _("In transit"), "maker": _("At the maker"), "depot": _("Depot at a hospital"), "dealer_consigned": _("Consigned, ours"),
    "dealer_own": _("Distributor's own"), "fitted": _("On a device"), "supplier": _("Supplier"), "scrap": _("Scrapped"),
    "adjustment": _("Adjustment"),
}  # fmt: skip
CONDITIONS = {
    "good": PillView(_("Good"), "green", "done", hollow=True), "used": PillView(_("Used, works"), "grey", "todo", hollow=True),
    "defective": PillView(_("Defective"), "red", "stop"),
}  # fmt: skip


UNKNOWN = "?"  # begins the mark under which a piece without a readable serial number is kept apart from others


def marks(serial: str, lot: str) -> str:
    """Return what tells a piece apart, as its label shows it: serial number or lot; nothing where there is none to read."""
    return " ".join(text for text in (serial, lot) if text and not text.startswith(UNKNOWN))


def places_in_words(kinds: Iterable[str]) -> Listing:
    """Name kinds of places in the order in which pages show them."""
    wanted = set(kinds)
    return Listing(name for kind, name in PLACES.items() if kind in wanted)


RULES: dict[str, Text] = {
    "core": _("Old part"), "data_bearing": _("Old part with patient data"), "contaminated": _("Not decontaminated yet"),
    "unused": _("Issued, not used"),
}  # fmt: skip
DUE_STATES = {
    "not_clean": PillView(_("At the hospital, not clean"), "red", "warn"), "open": PillView(_("With the engineer"), "amber", "again"),
    "back": PillView(_("Back, to be judged"), "blue", "todo"), "settled": PillView(_("Dealt with"), "green", "done", hollow=True),
}  # fmt: skip
FATES: dict[str, Text] = {
    "good": _("Tested good"), "defective": _("Defective"), "maker": _("Sent to the maker"), "scrapped": _("Scrapped"),
    "left": _("Stays with the hospital"), "returned": _("Back, unused"), "used": _("Fitted on a device"),
}  # fmt: skip
TRANSFER_STATES = {
    "sent": PillView(_("Still on the way"), "blue", "sending"), "short": PillView(_("Something lacks"), "red", "warn"),
    "received": PillView(_("Arrived"), "green", "done", hollow=True), "cancelled": PillView(_("Taken back"), "grey", "ban", hollow=True),
}  # fmt: skip
COUNT_STATES = {
    "agrees": PillView(_("Agrees"), "green", "done", hollow=True), "differs": PillView(_("Differs, waits"), "amber", "warn"),
    "approved": PillView(_("Difference approved"), "green", "done"), "discarded": PillView(_("Voided"), "grey", "ban", hollow=True),
}  # fmt: skip
