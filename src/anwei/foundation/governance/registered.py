from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from anwei.core.actor import Actor
from anwei.core.registers import Home, MenuEntry, Story, registers
from anwei.foundation.governance.models import Proposal
from anwei.foundation.governance.permissions import READ_INSPECTIONS, READ_PROPOSALS
from anwei.foundation.governance.resources import PROPOSALS

STORIES = (
    Story("governance.proposed", _("Proposal made")),
    Story("governance.approved", _("Proposal approved")),
    Story("governance.declined", _("Proposal declined")),
    Story("governance.inspected", _("Inspection kept")),
)


def _waiting(actor: Actor) -> int:
    return Proposal.objects.visible_to(actor).open()[:1000].count()


def register() -> None:
    registers.resources[PROPOSALS.collection] = PROPOSALS
    registers.menu.append(MenuEntry("data", _("Proposals"), "governance:proposals", "sign", READ_PROPOSALS, 10, _waiting))
    registers.menu.append(MenuEntry("system", _("Inspections"), "governance:inspections", "quality", READ_INSPECTIONS, 20))
    registers.homes.append(Home("administrator", "governance:inspections", 60))
    registers.links["governance.Proposal"] = lambda id: reverse("governance:proposal", args=[id])
    registers.stories |= {story.word: story for story in STORIES}
