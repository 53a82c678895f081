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


def places_in_words(kinds: Iterable[str]) -> Listing:
    """Name kinds of places in the order in which pages show them."""
    wanted = set(kinds)
    return Listing(name for kind, name in PLACES.items() if kind in wanted)
