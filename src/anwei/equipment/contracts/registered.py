from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from anwei.core.actor import Actor
from anwei.core.registers import Hit, MenuEntry, Panel, Papers, Searchable, SearchTerms, Story, registers
from anwei.core.search import matching
from anwei.equipment.contracts.models import Contract
from anwei.equipment.contracts.papers import contracts
from anwei.equipment.contracts.permissions import READ_CONTRACTS, READ_COVERAGE
from anwei.equipment.contracts.resources import CONTRACTS, COVERED
from anwei.equipment.contracts.walled import WALLED

STORIES = (
    Story("contracts.signed", _("Contract signed")),
    Story("contracts.covered", _("Devices covered")),
    Story("contracts.ended", _("Contract ended")),
)


def _find(actor: Actor, terms: SearchTerms, limit: int) -> Iterable[Hit]:
    rows = matching(Contract.objects.visible_to(actor), terms).select_related("customer").order_by("-last_day")[:limit]
    return [Hit(f"{c.number} {c.title}", c.customer.name, reverse("contracts:contract", args=[c.pk])) for c in rows]


def register() -> None:
    registers.walled += WALLED
    registers.resources |= {CONTRACTS.collection: CONTRACTS, COVERED.collection: COVERED}
    registers.menu.append(MenuEntry("equipment", _("Contracts"), "contracts:list", "contract", READ_CONTRACTS, 30))
    registers.searchables.append(Searchable("contract", _("Contracts"), "contract", READ_CONTRACTS, _find, 50))
    registers.papers.append(Papers("devices.device", "contracts", contracts, _("Contracts")))
    registers.panels.append(Panel("devices.device", _("Who pays"), "contracts:coverage", READ_COVERAGE, 10))
    registers.panels.append(Panel("devices.device.strip", _("Who pays"), "contracts:coverage_cell", READ_COVERAGE, 10))
    registers.panels.append(Panel("organisations.organisation", _("Contracts"), "contracts:of_customer", READ_CONTRACTS, 30))
    registers.stories["devices.event.covered"] = Story("covered", _("Covered by a contract"), "contract", "green")
    registers.stories["devices.event.cover_ended"] = Story("cover_ended", _("Contract ended early"), "contract", "grey")
    registers.links["contracts.Contract"] = lambda id: reverse("contracts:contract", args=[id])
    registers.stories |= {story.word: story for story in STORIES}
