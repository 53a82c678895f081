"""How suppliers are told: their papers, what stands against ordering from them."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anwei.core.labels import Label, Listing, Said
from anwei.core.shell import PillView, Text
from anwei.foundation.definitions.queries import domain
from anwei.procurement.suppliers.models import Licence
from anwei.procurement.suppliers.rules import Obstacle

ENDING = timedelta(days=60)
KINDS: Mapping[str, Text] = {
    "licence": _("Operating licence"), "record": _("Class II filing"), "authorisation": _("Authorisation"),
    "registration": _("Product registration"), "quality": _("Quality agreement"),
}  # fmt: skip
VALID = PillView(_("Valid"), "green", "done", hollow=True)
ENDS_SOON = PillView(_("Ends soon"), "amber", "clock")
EXPIRED = PillView(_("Expired"), "red", "stop")
WITHDRAWN = PillView(_("Withdrawn"), "grey", "x", hollow=True)
NOTHING_FILED = PillView(_("No licence on file"), "red", "stop")

WHY: Mapping[str, Promise] = {
    "missing": _("%(kind)s is not on file"),
    "scope": _("%(kind)s %(number)s does not cover this part"),
    "expired": _("%(kind)s %(number)s expired on %(until)s"),
}


def obstacle_words(found: Obstacle) -> Said:
    """Return why nothing may be ordered, as a sentence without its full stop."""
    until = found.until.isoformat() if found.until else ""
    return Said(WHY[found.reason], {"kind": KINDS[found.kind], "number": found.number, "until": until})


def state_of(valid_until: date | None, withdrawn_on: date | None, on: date) -> PillView:
    """Return whether a paper holds on a day."""
    if withdrawn_on:
        return WITHDRAWN
    if valid_until is None or valid_until > on + ENDING:
        return VALID
    return ENDS_SOON if valid_until >= on else EXPIRED


@cache
def part_groups() -> dict[str, Label]:
    """Return the names of part groups."""
    return {row["key"]: Label(row["zh"], row["en"]) for row in domain("parts")["groups"]}


@cache
def categories() -> dict[str, Label]:
    """Return the names of device categories."""
    return {row["key"]: Label(row["zh"], row["en"]) for row in domain("categories")["categories"]}


def scope_of(licence: Licence) -> str:
    """Return for which parts a paper holds."""
    named = [part_groups().get(key, key) for key in licence.groups] + [categories().get(key, key) for key in licence.categories]
    return str(Listing(named)) or str(_("all parts"))
