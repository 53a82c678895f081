"""The list of bodies, declared."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anwei.core import lists
from anwei.core.labels import Listing
from anwei.core.search import holding
from anwei.core.shell import Text
from anwei.foundation.governance.standards import LEVELS
from anwei.foundation.organisations.models import Organisation

ROLES: dict[str, Text] = {
    "hospital": _("Hospital"), "distributor": _("Distributor"), "maker": _("Maker"), "supplier": _("Supplier"),
}  # fmt: skip


def role_words(roles: list[str]) -> str:
    """Return the roles of a body in words."""
    return str(Listing(ROLES.get(role, role) for role in roles))


def level_words(level: str) -> str:
    """Return the grade of a hospital in words."""
    return str(LEVELS.get(level, level))


def _level(row: dict[str, Any]) -> str:
    return level_words(row["level"])


def _roles(row: dict[str, Any]) -> str:
    return role_words(row["roles"])


class OrganisationList(lists.ListPage):
    """Hospitals, distributors, makers, suppliers, by name."""

    name = "organisations"
    sort = "name"
    link = lists.RowLink("organisations:organisation")
    search = lists.Search(where=holding)
    search_hint = _("Name, initials, other names, city")
    columns = (
        lists.Column("name", _("Hospital or body"), lists.named("name", "branch__code"), ("name",), "name"),
        lists.Column("roles", _("What it is"), lists.drawn(("roles",), _roles, _roles)),
        lists.Column("level", _("Grade"), lists.drawn(("level",), _level, _level)),
        lists.Column("place", _("Region"), lists.two_lines("city", "county")),
        lists.Column("province", _("Province"), lists.text("province"), role="extra"),
        lists.Column("changed", _("Last changed"), lists.moment("changed_at"), ("changed_at",), "number", hidden=True),
    )
    views = (
        lists.SavedView("living", _("All"), Q(merged_into=None)),
        lists.SavedView("hospitals", _("Hospitals"), Q(merged_into=None, roles__contains=[Organisation.Role.HOSPITAL])),
        lists.SavedView("distributors", _("Distributors"), Q(merged_into=None, roles__contains=[Organisation.Role.DISTRIBUTOR])),
        lists.SavedView("makers", _("Makers and suppliers"), Q(merged_into=None, roles__overlap=["maker", "supplier"])),
        lists.SavedView("merged", _("Merged into another"), ~Q(merged_into=None)),
    )
    empty_icon = "hospital"
    empty_heading = _("Nobody of that name here")
    empty_text = _("Register the body, or import a list of hospitals.")
