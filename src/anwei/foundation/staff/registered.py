from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from anwei.core.actor import Actor
from anwei.core.registers import Hit, MenuEntry, Searchable, SearchTerms, Story, registers
from anwei.foundation.staff.models import Certificate, Engineer
from anwei.foundation.staff.permissions import READ_STAFF
from anwei.foundation.staff.resources import ENGINEERS
from anwei.foundation.staff.walled import WALLED

STORIES = (
    Story("staff.registered", _("Engineer registered")),
    Story("staff.skill_graded", _("Skill graded")),
    Story("staff.certified", _("Certificate recorded")),
    Story("staff.absence_entered", _("Absence entered")),
    Story("staff.absence_ended", _("Absence ended")),
)


def _find(actor: Actor, terms: SearchTerms, limit: int) -> Iterable[Hit]:
    rows = Engineer.objects.visible_to(actor).filter(name__icontains=terms.text.strip()).select_related("branch").order_by("name")[:limit]
    return [Hit(e.name, e.branch.code, reverse("staff:engineer", args=[e.pk])) for e in rows]


def _keeps(actor: Actor, file: UUID) -> bool:
    return actor.may(READ_STAFF) and Certificate.objects.filter(file=file, engineer__in=Engineer.objects.visible_to(actor)).exists()


def register() -> None:
    registers.walled += WALLED
    registers.resources[ENGINEERS.collection] = ENGINEERS
    registers.menu.append(MenuEntry("data", _("Engineers"), "staff:list", "people", READ_STAFF, 40))
    registers.searchables.append(Searchable("person", _("Engineers"), "user", READ_STAFF, _find, 70))
    registers.file_owners.append(_keeps)
    registers.links["staff.Engineer"] = lambda id: reverse("staff:engineer", args=[id])
    registers.stories |= {story.word: story for story in STORIES}
