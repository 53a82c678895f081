from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from anwei.core.actor import Actor
from anwei.core.registers import Hit, MenuEntry, Scope, Searchable, SearchTerms, Story, registers
from anwei.core.search import matching
from anwei.foundation.organisations.models import Organisation
from anwei.foundation.organisations.permissions import READ_ORGANISATIONS
from anwei.foundation.organisations.queries import body_names, finder
from anwei.foundation.organisations.resources import ORGANISATIONS
from anwei.foundation.organisations.tables import level_words
from anwei.foundation.organisations.walled import WALLED

STORIES = (
    Story("organisations.registered", _("Hospital or body registered")),
    Story("organisations.department_added", _("Department added")),
    Story("organisations.contact_added", _("Contact added")),
)


def _find(actor: Actor, terms: SearchTerms, limit: int) -> Iterable[Hit]:
    rows = matching(Organisation.objects.visible_to(actor).living(), terms).order_by("name")[:limit]
    return [Hit(o.name, f"{o.city} {level_words(o.level)}".strip(), reverse("organisations:organisation", args=[o.pk])) for o in rows]


def register() -> None:
    registers.walled += WALLED
    registers.resources[ORGANISATIONS.collection] = ORGANISATIONS
    registers.scopes["hospital"] = Scope("hospital", _("Hospital"), finder("hospital"), body_names)
    registers.scopes["distributor"] = Scope("distributor", _("Distributor"), finder("distributor"), body_names)
    registers.menu.append(MenuEntry("data", _("Hospitals and bodies"), "organisations:list", "hospital", READ_ORGANISATIONS, 10))
    registers.searchables.append(Searchable("organisation", _("Hospitals and bodies"), "hospital", READ_ORGANISATIONS, _find, 30))
    registers.links["organisations.Organisation"] = lambda id: reverse("organisations:organisation", args=[id])
    registers.stories |= {story.word: story for story in STORIES}
