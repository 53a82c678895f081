from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from anwei.core.actor import Actor
from anwei.core.registers import Hit, MenuEntry, Searchable, SearchTerms, Story, registers
from anwei.core.search import matching
from anwei.inventory.parts.models import Part
from anwei.inventory.parts.permissions import READ_PARTS
from anwei.inventory.parts.resources import PARTS
from anwei.inventory.parts.tables import name_of

STORIES = (
    Story("parts.registered", _("Part listed")),
    Story("parts.substitute_added", _("Substitute named")),
    Story("parts.superseded", _("Part superseded")),
)


def _find(actor: Actor, terms: SearchTerms, limit: int) -> Iterable[Hit]:
    rows = matching(Part.objects.visible_to(actor), terms).order_by("number")[:limit]
    return [Hit(name_of(part), part.number, f"{reverse('parts:list')}?{urlencode({'q': part.number})}") for part in rows]


def register() -> None:
    registers.resources[PARTS.collection] = PARTS
    registers.menu.append(MenuEntry("parts", _("Parts list"), "parts:list", "copy", READ_PARTS, 20))
    registers.searchables.append(Searchable("part", _("Parts list"), "stock", READ_PARTS, _find, 40))
    registers.stories |= {story.word: story for story in STORIES}
