from django.utils.translation import gettext_lazy as _

from anwei.core.actor import Actor
from anwei.core.registers import Effect, Fact, Home, MenuEntry, Panel, registers
from anwei.workorders.dispatch.effects import grant_engineer, notify_engineer, revoke_engineer
from anwei.workorders.dispatch.facts import competent_engineer
from anwei.workorders.dispatch.permissions import SEE_BOARD
from anwei.workorders.dispatch.queries import to_dispatch


def _waiting(actor: Actor) -> int:
    return to_dispatch(actor)[:1000].count()


def register() -> None:
    for effect in (grant_engineer, revoke_engineer, notify_engineer):
        registers.effects[effect.__name__] = Effect(effect.__name__, effect)
    registers.facts["competent_engineer"] = Fact("competent_engineer", bool, competent_engineer)
    registers.menu.append(MenuEntry("today", _("Dispatch board"), "dispatch:board", "board", SEE_BOARD, 20, _waiting))
    registers.homes.append(Home("dispatcher", "dispatch:board", 20))
    registers.panels.append(Panel("orders.order", _("Who goes"), "dispatch:appointment", SEE_BOARD, 10))
