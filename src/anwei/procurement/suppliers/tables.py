"""The lists of suppliers and of agreed prices, declared."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from anwei.core import lists, markup
from anwei.core.labels import Label
from anwei.core.search import holding
from anwei.core.shell import PillView
from anwei.foundation.organisations.models import Organisation
from anwei.inventory.parts.models import Part
from anwei.procurement.suppliers.shown import ENDING, NOTHING_FILED, state_of


def _found(text: str) -> Q:
    return Q(organisation__in=Organisation.objects.filter(holding(text)))


def _state(row: dict[str, Any]) -> PillView:
    if not row["filed"]:
        return NOTHING_FILED
    return state_of(None if row["endless"] else row["licensed_until"], None, timezone.localdate())


def _until(row: dict[str, Any]) -> date | None:
    return None if row["endless"] else row["licensed_until"]


STATE = lists.drawn(("licensed_until", "filed", "endless"), lambda row: markup.pill(_state(row)), lambda row: str(_state(row).label))
UNTIL = lists.drawn(("licensed_until", "endless"), lambda row: str(_until(row) or ""), _until)


def _expired() -> Q:
    return Q(filed=0) | Q(endless=False, licensed_until__lt=timezone.localdate())


def _ending() -> Q:
    today = timezone.localdate()
    return Q(endless=False, licensed_until__gte=today, licensed_until__lte=today + ENDING)


class SupplierList(lists.ListPage):
    """Admitted suppliers by name, with the state of their licence."""

    name = "suppliers"
    sort = "name"
    link = lists.RowLink("suppliers:supplier")
    search = lists.Search(where=_found)
    search_hint = _("Name, city")
    columns = (
        lists.Column("name", _("Supplier"), lists.named("organisation__name", "organisation__city"), ("organisation__name",), "name"),
        lists.Column("state", _("Licence"), STATE, role="state"),
        lists.Column("until", _("Licensed until"), UNTIL, role="number"),
        lists.Column("prices", _("Agreed prices"), lists.amount("prices", 0), role="number"),
        lists.Column("email", _("Orders go to"), lists.text("email")),
    )
    views = (
        lists.SavedView("all", _("All")),
        lists.SavedView("ending", _("Licence ends soon"), _ending, counted=True),
        lists.SavedView("expired", _("Without valid licence"), _expired, counted=True, hot=True),
    )
    empty_icon = "buy"
    empty_heading = _("No supplier here")
    empty_text = _("Admit a body that is registered as supplier, maker or distributor.")


def _part(row: dict[str, Any]) -> str:
    name = markup.shown(Label(row["part__name_zh"], row["part__name_en"]))
    return f'<span class="name cut">{name}</span><span class="under cut mono">{markup.shown(row["part__number"])}</span>'


def _part_found(text: str) -> Q:
    return Q(part__in=Part.objects.filter(holding(text))) | Q(supplier__organisation__in=Organisation.objects.filter(holding(text)))


def _valid() -> Q:
    today = timezone.localdate()
    return Q(valid_from__lte=today) & (Q(valid_until=None) | Q(valid_until__gte=today))


class PriceList(lists.ListPage):
    """Agreed prices by part, so that suppliers of one part stand below each other."""

    name = "prices"
    sort = "part"
    link = lists.RowLink("suppliers:compare", "part")
    search = lists.Search(where=_part_found)
    search_hint = _("Part, number, supplier")
    columns = (
        lists.Column(
            "part",
            _("Part and number"),
            lists.Cell(("part__name_zh", "part__name_en", "part__number"), _part, lambda row: row["part__number"]),
            ("part__number", "price"),
            "name",
        ),
        lists.Column("supplier", _("Supplier"), lists.text("supplier__organisation__name")),
        lists.Column("price", _("Net price, CNY"), lists.amount("price"), role="number"),
        lists.Column("lead", _("Lead time, days"), lists.amount("lead_days", 0), role="number"),
        lists.Column(
            "minimum", _("From, pieces"), lists.drawn(("minimum",), lambda row: f"{row['minimum'].normalize():,f}"), role="number"
        ),
        lists.Column("from", _("Valid from"), lists.moment("valid_from"), role="number"),
        lists.Column("until", _("Valid until"), lists.moment("valid_until"), role="number"),
    )
    views = (lists.SavedView("valid", _("Valid today"), _valid), lists.SavedView("all", _("All")))
    empty_icon = "money"
    empty_heading = _("No price is agreed")
