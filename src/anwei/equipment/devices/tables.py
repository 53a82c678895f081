"""The lists of devices and of models, declared."""

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from anwei.core import lists, markup
from anwei.core.actor import Actor
from anwei.core.lists.cells import URL
from anwei.core.search import holding
from anwei.core.shell import Action
from anwei.equipment.devices.models import Device, DeviceModel
from anwei.equipment.devices.queries import categories
from anwei.equipment.devices.shown import STATES, state_pill
from anwei.foundation.organisations.models import Organisation

ENDING = timedelta(days=90)
LIVING = ~Q(state=Device.State.RETIRED)


def _called(row: dict[str, Any]) -> str:
    category = categories().get(row["model__category"])
    return f"{category.label} {row['model__name']}" if category else row["model__name"]


def _draw_name(row: dict[str, Any]) -> str:
    name, url = markup.shown(_called(row)), markup.shown(row[URL])
    below = f'<span class="mono">{markup.shown(row["serial"])}</span> · <span class="mono">{markup.shown(row["number"])}</span>'
    return f'<a class="name cut" href="{url}" title="{name}">{name}</a><span class="under cut">{below}</span>'


NAME = lists.Cell(
    ("model__category", "model__name", "serial", "number"), _draw_name, lambda row: f"{row['number']} {_called(row)} {row['serial']}"
)
STATE = lists.Cell(
    ("state", "is_blocked"),
    lambda row: markup.pill(state_pill(row["state"], is_blocked=row["is_blocked"])),
    lambda row: str(state_pill(row["state"], is_blocked=row["is_blocked"]).label),
)


def _ending() -> Q:
    today = timezone.localdate()
    return LIVING & Q(warranty_until__gte=today, warranty_until__lte=today + ENDING)


class DeviceList(lists.ListPage):
    """Devices, found by any piece of their serial number."""

    name = "devices"
    sort = "-number"
    link = lists.RowLink("devices:device")
    search = lists.Search(where=holding)
    search_hint = _("Serial, number, model, hospital")
    columns = (
        lists.Column("number", _("Device"), NAME, ("number",), "name"),
        lists.Column("state", _("State"), STATE, role="state"),
        lists.Column("place", _("Hospital and department"), lists.two_lines("hospital__name", "department__name")),
        lists.Column("maker", _("Maker"), lists.text("model__maker_name"), role="extra"),
        lists.Column("installed", _("Installed on"), lists.moment("installed_on"), role="extra"),
        lists.Column("warranty", _("Warranty until"), lists.moment("warranty_until"), ("warranty_until",), "number"),
        lists.Column("branch", _("Branch"), lists.label("branch__name_zh", "branch__name_en"), role="extra"),
        lists.Column("changed", _("Last changed"), lists.moment("changed_at"), ("changed_at",), "number", hidden=True),
    )
    views = (
        lists.SavedView("living", _("All in service"), LIVING),
        lists.SavedView("blocked", _("Do not use"), LIVING & Q(is_blocked=True), counted=True, hot=True),
        lists.SavedView("new", _("Not installed yet"), Q(state=Device.State.REGISTERED), counted=True),
        lists.SavedView("ending", _("Warranty ends within 90 days"), _ending, counted=True),
        lists.SavedView("retired", _("Retired"), Q(state=Device.State.RETIRED)),
        lists.SavedView("all", _("All")),
    )
    empty_icon = "device"
    empty_heading = _("No device here")
    empty_text = _("Devices appear here once they are registered or imported.")

    def __init__(self, actor: Actor) -> None:
        super().__init__()

        def hospital(id: str) -> str | None:
            return Organisation.objects.visible_to(actor).filter(pk=id).values_list("name", flat=True).first()

        self.filters = (
            lists.Choice(key="category", label=_("Category"), field="model__category", choices=_categories()),
            lists.Choice(key="state", label=_("State"), field="state", choices=[(key, pill.label) for key, pill in STATES.items()]),
            lists.Flag(key="blocked", label=_("Do not use"), yes=Q(is_blocked=True)),
            lists.DateRange(key="warranty", label=_("Warranty until"), field="warranty_until", days=True),
            lists.Foreign(key="hospital", label=_("Hospital"), field="hospital", label_of=hospital),
            lists.Foreign(key="model", label=_("Model"), field="model", label_of=_model),
        )


def _categories() -> list[tuple[str, str]]:
    return [(category.key, str(category.label)) for category in categories().values()]


def _model(id: str) -> str | None:
    return DeviceModel.objects.filter(pk=id).values_list("name", flat=True).first()


def _draw_category(row: dict[str, Any]) -> str:
    category = categories().get(row["category"])
    return markup.shown(str(category.label) if category else row["category"])


class ModelList(lists.ListPage):
    """Device models of every maker."""

    name = "device-models"
    sort = "name"
    search = lists.Search(where=holding)
    search_hint = _("Model, maker, UDI-DI")
    link = lists.RowLink("devices:of_model")
    columns = (
        lists.Column("name", _("Model"), lists.named("name", "udi_di", "brand"), ("name",), "name"),
        lists.Column("maker", _("Maker"), lists.text("maker_name")),
        lists.Column("category", _("Category"), lists.Cell(("category",), _draw_category, lambda row: row["category"]), ("category",)),
        lists.Column("issuer", _("Issuer"), lists.text("udi_issuer"), role="extra"),
        lists.Column("gmdn", _("GMDN term"), lists.text("gmdn"), role="extra"),
    )
    empty_icon = "device"
    empty_heading = _("No model here")
    empty_text = _("Register the models you service, or import them with their device identifiers.")

    def __init__(self, register_url: str = "") -> None:
        super().__init__()
        self.filters = (lists.Choice(key="category", label=_("Category"), field="category", choices=_categories()),)
        self.empty_action = Action(_("Register a model"), register_url, "plus", primary=True) if register_url else None
