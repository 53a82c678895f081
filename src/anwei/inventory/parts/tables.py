"""The list of parts, declared."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from anwei.core import lists, markup
from anwei.core.labels import Label
from anwei.core.search import holding
from anwei.core.shell import Text
from anwei.inventory.parts.models import Part
from anwei.inventory.parts.queries import unit_words

TRACKING: dict[str, Text] = {"serial": _("By serial number"), "lot": _("By lot"), "none": _("By quantity")}


def _draw(row: dict[str, Any]) -> str:
    name = markup.shown(Label(row["name_zh"], row["name_en"]))
    return f'<span class="name cut" title="{name}">{name}</span><span class="under cut mono">{markup.shown(row["number"])}</span>'


NAME = lists.Cell(("name_zh", "name_en", "number"), _draw, lambda row: f"{row['number']} {Label(row['name_zh'], row['name_en'])}")


class PartList(lists.ListPage):
    """Parts by number."""

    name = "parts"
    sort = "number"
    search = lists.Search(where=holding)
    search_hint = _("Number or name")
    columns = (
        lists.Column("number", _("Part and number"), NAME, ("number",), "name"),
        lists.Column("tracking", _("Followed"), lists.drawn(("tracking",), lambda row: str(TRACKING.get(row["tracking"], "")))),
        lists.Column("price", _("Price, CNY"), lists.amount("price"), role="number"),
        lists.Column("cost", _("Cost, CNY"), lists.amount("cost"), role="number"),
        lists.Column("unit", _("Unit"), lists.drawn(("unit",), lambda row: unit_words(row["unit"])), role="extra"),
    )
    filters = (
        lists.Choice(key="tracking", label=_("Followed"), field="tracking", choices=list(TRACKING.items())),
        lists.Choice(key="core", label=_("Old part goes back"), field="core_return", choices=[("True", _("Yes")), ("False", _("No"))]),
    )
    empty_icon = "stock"
    empty_heading = _("No part here")


def name_of(part: Part) -> str:
    """Return the name of a part in the reader's language."""
    return str(Label(part.name_zh, part.name_en))
