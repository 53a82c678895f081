"""What lies where, declared."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anwei.core import lists, markup
from anwei.core.labels import Label
from anwei.core.search import holding
from anwei.inventory.parts.models import Part
from anwei.inventory.stock.shown import CONDITIONS, PLACES


def _draw(row: dict[str, Any]) -> str:
    name = markup.shown(Label(row["part__name_zh"], row["part__name_en"]))
    more = " · ".join(markup.shown(row[field]) for field in ("part__number", "serial", "lot") if row[field])
    return f'<span class="name cut" title="{name}">{name}</span><span class="under cut mono">{more}</span>'


def _value(row: dict[str, Any]) -> str:
    return f"{row['part__number']} {Label(row['part__name_zh'], row['part__name_en'])} {row['serial']} {row['lot']}".strip()


def _where(row: dict[str, Any]) -> str:
    return f"{row['place__name']} · {PLACES.get(row['place__kind'], row['place__kind'])}"


QUANTITY = lists.Cell(("quantity",), lambda row: f"{row['quantity'].normalize():,f}", lambda row: row["quantity"])


def _found(text: str) -> Q:
    return Q(part__in=Part.objects.filter(holding(text))) | Q(serial__icontains=text)


class StockList(lists.ListPage):
    """What lies in stores and vans, by part."""

    name = "stock"
    sort = "part"
    search = lists.Search(where=_found)
    search_hint = _("Part, number, serial")
    columns = (
        lists.Column(
            "part",
            _("Part, number, serial"),
            lists.Cell(("part__name_zh", "part__name_en", "part__number", "serial", "lot"), _draw, _value),
            ("part__number",),
            "name",
        ),
        lists.Column("condition", _("Condition"), lists.state("condition", CONDITIONS), role="state"),
        lists.Column("place", _("Place"), lists.drawn(("place__name", "place__kind"), _where, _where), ("place__name",)),
        lists.Column("quantity", _("Quantity"), QUANTITY, role="number"),
        lists.Column("unit", _("Unit"), lists.text("part__unit"), role="extra"),
        lists.Column("value", _("Value, CNY"), lists.amount("value"), role="number"),
    )
    views = (
        lists.SavedView("all", _("All"), Q(quantity__gt=0)),
        lists.SavedView("stores", _("In stores"), Q(quantity__gt=0, place__kind="store"), counted=True),
        lists.SavedView("vans", _("In vans"), Q(quantity__gt=0, place__kind="van"), counted=True),
        lists.SavedView("defective", _("Defective"), Q(quantity__gt=0, condition="defective"), counted=True),
    )
    filters = (lists.Choice(key="kind", label=_("Place"), field="place__kind", choices=list(PLACES.items())),)
    empty_icon = "stock"
    empty_heading = _("Nothing lies here")
