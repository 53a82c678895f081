from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from anwei.core.actor import Actor
from anwei.core.registers import Hit, MenuEntry, Panel, Searchable, SearchTerms, Story, registers
from anwei.core.search import matching
from anwei.foundation.organisations.models import Organisation
from anwei.procurement.suppliers.models import Licence, Supplier
from anwei.procurement.suppliers.permissions import READ_PRICES, READ_SUPPLIERS
from anwei.procurement.suppliers.resources import LICENCES, PRICES, SUPPLIERS

STORIES = (
    Story("suppliers.admitted", _("Admitted as supplier"), "buy", "green"),
    Story("suppliers.changed", _("Terms changed"), "edit", "blue"),
    Story("suppliers.licence_filed", _("Paper filed"), "paper", "blue"),
    Story("suppliers.licence_withdrawn", _("Paper withdrawn"), "ban", "red"),
    Story("suppliers.price_agreed", _("Price agreed"), "money", "blue"),
)


def _keeps(actor: Actor, file: UUID) -> bool:
    return actor.may(READ_SUPPLIERS) and Licence.objects.visible_to(actor).filter(file=file).exists()


def _find(actor: Actor, terms: SearchTerms, limit: int) -> Iterable[Hit]:
    bodies = matching(Organisation.objects.all(), terms).values("pk")
    rows = Supplier.objects.visible_to(actor).filter(organisation__in=bodies).select_related("organisation").order_by("organisation__name")
    return [Hit(row.organisation.name, row.organisation.city, reverse("suppliers:supplier", args=[row.pk])) for row in rows[:limit]]


def register() -> None:
    registers.resources |= {resource.collection: resource for resource in (SUPPLIERS, LICENCES, PRICES)}
    registers.stories |= {story.word: story for story in STORIES}
    registers.file_owners.append(_keeps)
    registers.links["suppliers.Supplier"] = lambda id: reverse("suppliers:supplier", args=[id])
    registers.menu.append(MenuEntry("parts", _("Suppliers"), "suppliers:list", "truck", READ_SUPPLIERS, 60))
    registers.menu.append(MenuEntry("parts", _("Agreed prices"), "suppliers:prices", "money", READ_PRICES, 70))
    registers.panels.append(Panel("organisations.organisation", _("Supplier"), "suppliers:on_organisation", READ_SUPPLIERS, 30))
    registers.searchables.append(Searchable("supplier", _("Suppliers"), "truck", READ_SUPPLIERS, _find, 45))
