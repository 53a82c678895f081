from django.utils.translation import gettext_lazy as _

from anwei.core.actor import Actor
from anwei.core.registers import MenuEntry, Story, registers
from anwei.inventory.demands.invariants import DEMANDS_HAVE_THEIR_PIECES
from anwei.inventory.demands.models import Demand
from anwei.inventory.demands.permissions import ISSUE, READ_DEMANDS
from anwei.inventory.demands.resources import DEMANDS

STORIES = (
    Story("demands.reserved", _("Part reserved"), "stock", "blue"),
    Story("demands.short", _("Part is short"), "warn", "red"),
    Story("demands.ordered", _("Part ordered"), "truck", "blue"),
    Story("demands.served", _("Part came in and is kept"), "done", "green"),
    Story("demands.issued", _("Part handed over"), "car", "green"),
    Story("demands.met", _("Part received"), "done", "green"),
    Story("demands.cancelled", _("Part no longer wanted"), "x", "grey"),
)


def _to_issue(actor: Actor) -> int:
    return Demand.objects.visible_to(actor).filter(state=Demand.State.RESERVED)[:1000].count()


def register() -> None:
    registers.resources[DEMANDS.collection] = DEMANDS
    registers.invariants.append(DEMANDS_HAVE_THEIR_PIECES)
    registers.stories |= {story.word: story for story in STORIES}
    registers.menu.append(MenuEntry("parts", _("Wanted parts"), "demands:list", "flag", READ_DEMANDS, 5))
    registers.menu.append(MenuEntry("parts", _("Issue to vans"), "demands:vans", "car", ISSUE, 6, _to_issue))
