"""Parts in words."""

from django.utils.translation import gettext_lazy as _

from anwei.core.shell import Text

UNITS: dict[str, Text] = {"pcs": _("pcs")}


def unit_words(unit: str) -> str:
    """Return a unit of quantity in words; one that a company made up speaks for itself."""
    return str(UNITS.get(unit, unit))
