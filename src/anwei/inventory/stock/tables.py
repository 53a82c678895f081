"""The lists of the warehouse, declared."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from anwei.core import lists, markup
from anwei.core.labels import Label
from anwei.core.search import holding
from anwei.core.shell import PillView
from anwei.core.wording import when
from anwei.inventory.parts.models import Part
from anwei.inventory.parts.queries import unit_words
from anwei.inventory.stock.shown import CONDITIONS, COUNT_STATES, DUE_STATES, PLACES, RULES, TRANSFER_STATES, marks


def _draw(row: dict[str, Any]) -> str:
    name = markup.shown(Label(row["part__name_zh"], row["part__name_en"]))
    more = " · ".join(markup.shown(text) for text in (row["part__number"], marks(row["serial"], row["lot"])) if text)
    return f'<span class="name cut" title="{name}">{name}</span><span class="under cut mono">{more}</span>'


def _value(row: dict[str, Any]) -> str:
    return f"{row['part__number']} {Label(row['part__name_zh'], row['part__name_en'])} {row['serial']} {row['lot']}".strip()


def _where(row: dict[str, Any]) -> str:
    return f"{row['place__name']} · {PLACES.get(row['place__kind'], row['place__kind'])}"


QUANTITY = lists.Cell(("quantity",), lambda row: f"{row['quantity'].normalize():,f}", lambda row: row["quantity"])
HELD = lists.Cell(("held",), lambda row: f"{row['held'].normalize():,f}" if row["held"] else "", lambda row: row["held"])


def _until(row: dict[str, Any]) -> str:
    day: date | None = row["expires_on"]
    if day is None:
        return ""
    left = (day - timezone.localdate()).days
    if left < 0:
        return markup.pill(PillView(_("Expired %(day)s") % {"day": when(day)}, "red", "stop"))
    return markup.pill(PillView(when(day), "amber", "clock")) if left <= SOON else markup.shown(when(day))


EXPIRES = lists.Cell(("expires_on",), _until, lambda row: row["expires_on"])
SOON = 60  # days before its last one that a piece is called expiring


def _expiring() -> Q:
    return Q(quantity__gt=0, expires_on__lte=timezone.localdate() + timedelta(days=SOON))


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
        lists.Column("held", _("Kept for orders"), HELD, role="number"),
        lists.Column("expires", _("Usable until"), EXPIRES, ("expires_on",), "number"),
        lists.Column("unit", _("Unit"), lists.drawn(("part__unit",), lambda row: unit_words(row["part__unit"])), role="extra"),
        lists.Column("value", _("Value, CNY"), lists.amount("value"), role="number"),
    )
    views = (
        lists.SavedView("all", _("All"), Q(quantity__gt=0)),
        lists.SavedView("stores", _("In stores"), Q(quantity__gt=0, place__kind__in=["store", "bin"]), counted=True),
        lists.SavedView("vans", _("In vans"), Q(quantity__gt=0, place__kind="van"), counted=True),
        lists.SavedView("expiring", _("Expiring"), _expiring, counted=True, hot=True),
        lists.SavedView("quarantine", _("To be checked"), Q(quantity__gt=0, place__kind="quarantine"), counted=True),
        lists.SavedView("transit", _("Still on the way"), Q(quantity__gt=0, place__kind__in=["transit", "maker"]), counted=True),
        lists.SavedView("defective", _("Defective"), Q(quantity__gt=0, condition="defective"), counted=True),
    )
    filters = (lists.Choice(key="kind", label=_("Place"), field="place__kind", choices=list(PLACES.items())),)
    empty_icon = "stock"
    empty_heading = _("Nothing lies here")


def _due_name(row: dict[str, Any]) -> str:
    name = markup.shown(Label(row["part__name_zh"], row["part__name_en"]))
    more = " · ".join(markup.shown(text) for text in (row["part__number"], marks(row["serial"], ""), row["label"]) if text)
    head = f'<a class="name cut" href="{markup.shown(row["@url"])}" title="{name}">{name}</a>'
    return f'{head}<span class="under cut mono">{more}</span>'


def _due_on(row: dict[str, Any]) -> str:
    late = (timezone.localdate() - row["due_on"]).days
    if row["state"] == "settled" or row["state"] == "back" or late < -3:
        return markup.shown(when(row["due_on"]))
    if late > 0:
        return markup.pill(PillView(_("%(days)d days late") % {"days": late}, "red", "stop"))
    return markup.pill(PillView(when(row["due_on"]), "amber", "clock"))


def _late() -> Q:
    return Q(state__in=["open", "not_clean"], due_on__lt=timezone.localdate())


class DueList(lists.ListPage):
    """What has to come back, by its deadline."""

    name = "parts-due"
    sort = "due"
    search = lists.Search(
        where=lambda text: Q(part__in=Part.objects.filter(holding(text))) | Q(serial__icontains=text) | Q(label__icontains=text)
    )
    search_hint = _("Part, serial, order")
    link = lists.RowLink("stock:due")
    columns = (
        lists.Column(
            "part", _("Old part"),
            lists.Cell(("part__name_zh", "part__name_en", "part__number", "serial", "label"), _due_name, lambda row: row["part__number"]),
            ("part__number",), "name",
        ),
        lists.Column("state", _("State"), lists.state("state", DUE_STATES), role="state"),
        lists.Column("due", _("Due back"), lists.Cell(("due_on", "state"), _due_on, lambda row: row["due_on"]), ("due_on",), "clock"),
        lists.Column("holder", _("Who owes it"), lists.text("holder__name"), ("holder__name",)),
        lists.Column("rule", _("Reason to return"), lists.drawn(("rule",), lambda row: str(RULES.get(row["rule"], row["rule"])))),
        lists.Column("place", _("Lies at"), lists.text("place__name"), role="extra"),
    )  # fmt: skip
    views = (
        lists.SavedView("open", _("To come back"), Q(state__in=["open", "not_clean"]), counted=True),
        lists.SavedView("late", _("Overdue"), _late, counted=True, hot=True),
        lists.SavedView("back", _("To be judged"), Q(state="back"), counted=True),
        lists.SavedView("all", _("All")),
    )
    filters = (lists.Choice(key="rule", label=_("Reason to return"), field="rule", choices=list(RULES.items())),)
    empty_icon = "swap"
    empty_heading = _("Nothing has to come back")


class TransferList(lists.ListPage):
    """Parts on their way between our places."""

    name = "transfers"
    sort = "-sent"
    search = lists.Search(where=lambda text: Q(number__icontains=text) | Q(note__icontains=text))
    search_hint = _("Number, parcel")
    link = lists.RowLink("stock:transfer")
    columns = (
        lists.Column("number", _("Transfer"), lists.named("number", "note"), ("number",), "name"),
        lists.Column("state", _("State"), lists.state("state", TRANSFER_STATES), role="state"),
        lists.Column("from", _("Comes from"), lists.two_lines("source__name", "sender")),
        lists.Column("to", _("Goes to"), lists.two_lines("target__name", "receiver")),
        lists.Column("sent", _("Sent"), lists.moment("sent_at"), ("sent_at",), "number"),
    )
    views = (
        lists.SavedView("open", _("Still on the way"), Q(state__in=["sent", "short"]), counted=True),
        lists.SavedView("all", _("All")),
    )
    empty_icon = "sending"
    empty_heading = _("Nothing is on the way")


class CountList(lists.ListPage):
    """Counts of places, the latest first."""

    name = "counts"
    sort = "-at"
    search = lists.Search(where=lambda text: Q(place__name__icontains=text) | Q(counter__icontains=text))
    search_hint = _("Place, person")
    link = lists.RowLink("stock:count")
    columns = (
        lists.Column("place", _("Place"), lists.named("place__name", "counter"), ("place__name",), "name"),
        lists.Column("state", _("State"), lists.state("state", COUNT_STATES), role="state"),
        lists.Column("at", _("Counted"), lists.moment("counted_at"), ("counted_at",), "number"),
        lists.Column("approver", _("Decided by"), lists.text("approver")),
    )
    views = (
        lists.SavedView("differs", _("Waits for a second person"), Q(state="differs"), counted=True, hot=True),
        lists.SavedView("all", _("All")),
    )
    empty_icon = "stock"
    empty_heading = _("No count here")
