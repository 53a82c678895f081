"""The list of contracts, declared."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from anwei.core import lists, markup
from anwei.core.actor import Actor
from anwei.core.search import holding
from anwei.core.shell import PillView
from anwei.equipment.contracts.queries import schemes, tier_names
from anwei.foundation.organisations.models import Organisation

ENDING = timedelta(days=120)  # the first of the renewal steps of the domain content
RUNS = PillView(_("In force"), "green", "done", hollow=True)
ENDS_SOON = PillView(_("To be renewed"), "amber", "clock")
ENDED = PillView(_("Ended"), "grey", "lock", hollow=True)
TO_COME = PillView(_("Not begun yet"), "blue", "todo", hollow=True)


def state_of(starts_on: date, last_day: date, today: date) -> PillView:
    """Return whether a contract holds today."""
    if today < starts_on:
        return TO_COME
    if today > last_day:
        return ENDED
    return ENDS_SOON if last_day <= today + ENDING else RUNS


def _pill(row: dict[str, Any]) -> PillView:
    return state_of(row["starts_on"], row["last_day"], timezone.localdate())


def _scheme(row: dict[str, Any]) -> str:
    scheme = schemes().get(row["scheme"])
    return str(scheme.label) if scheme else row["scheme"]


def _draw_cover(row: dict[str, Any]) -> str:
    tier = tier_names().get(row["tier"], row["tier"])
    return f'{markup.shown(_scheme(row))}<span class="under cut">{markup.shown(str(tier))}</span>'


COVER = lists.Cell(("scheme", "tier"), _draw_cover, _scheme)
STATE = lists.Cell(("starts_on", "last_day"), lambda row: markup.pill(_pill(row)), lambda row: str(_pill(row).label))


def _running() -> Q:
    return Q(starts_on__lte=timezone.localdate(), last_day__gte=timezone.localdate())


def _ending() -> Q:
    return _running() & Q(last_day__lte=timezone.localdate() + ENDING)


class ContractList(lists.ListPage):
    """Contracts: first those that end next."""

    name = "contracts"
    sort = "until"
    link = lists.RowLink("contracts:contract")
    search = lists.Search(where=holding)
    search_hint = _("Number, title, customer")
    columns = (
        lists.Column("title", _("Contract"), lists.named("title", "number"), ("number",), "name"),
        lists.Column("state", _("State"), STATE, role="state"),
        lists.Column("customer", _("Customer"), lists.text("customer__name")),
        lists.Column("cover", _("Cover and service level"), COVER),
        lists.Column("from", _("From"), lists.moment("starts_on"), role="number"),
        lists.Column("until", _("Until"), lists.moment("last_day"), ("last_day",), "number"),
        lists.Column("branch", _("Branch"), lists.label("branch__name_zh", "branch__name_en"), role="extra"),
    )
    views = (
        lists.SavedView("running", _("In force today"), _running),
        lists.SavedView("ending", _("To be renewed"), _ending, counted=True),
        lists.SavedView("ended", _("Ended"), lambda: Q(last_day__lt=timezone.localdate())),
        lists.SavedView("all", _("All")),
    )
    empty_icon = "contract"
    empty_heading = _("No contract here")
    empty_text = _("Enter a signed contract: from then on every order says what it covers.")

    def __init__(self, actor: Actor) -> None:
        super().__init__()

        def customer(id: str) -> str | None:
            return Organisation.objects.visible_to(actor).filter(pk=id).values_list("name", flat=True).first()

        self.filters = (
            lists.Foreign(key="customer", label=_("Customer"), field="customer", label_of=customer),
            lists.Choice(key="scheme", label=_("Cover"), field="scheme", choices=[(s.key, str(s.label)) for s in schemes().values()]),
            lists.Choice(key="tier", label=_("Service tier"), field="tier", choices=[(k, str(v)) for k, v in tier_names().items()]),
            lists.DateRange(key="until", label=_("Until"), field="last_day", days=True),
        )
