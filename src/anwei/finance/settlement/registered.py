from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from anwei.core.actor import Actor
from anwei.core.registers import Chapter, Effect, Fact, Home, MenuEntry, Panel, Story, registers
from anwei.finance.settlement.effects import propose_settlement, quote_approved, settlement_complete
from anwei.finance.settlement.models import Settlement
from anwei.finance.settlement.permissions import READ_MONEY
from anwei.finance.settlement.resources import SETTLEMENT_LINES, SETTLEMENTS
from anwei.finance.settlement.walled import WALLED

STORIES = (
    Story("settlement.proposed", _("Settlement proposed"), "money", "grey"),
    Story("settlement.payer_chosen", _("Another payer chosen"), "edit", "amber"),
    Story("settlement.confirmed", _("Settlement confirmed"), "money", "green"),
)


def _open_count(actor: Actor) -> int:
    return Settlement.objects.visible_to(actor).filter(state=Settlement.State.PROPOSED)[:1000].count()


def _settlement(order: UUID) -> Iterable[tuple[str, UUID]]:
    return [(Settlement._meta.label, id) for id in Settlement.objects.filter(order=order).values_list("pk", flat=True)]


def register() -> None:
    registers.walled += WALLED
    registers.effects["propose_settlement"] = Effect("propose_settlement", propose_settlement)
    for fact in (settlement_complete, quote_approved):
        registers.facts[fact.__name__] = Fact(fact.__name__, bool, fact)
    registers.stories |= {story.word: story for story in STORIES}
    registers.resources |= {r.collection: r for r in (SETTLEMENTS, SETTLEMENT_LINES)}
    registers.menu.append(MenuEntry("money", _("To be settled"), "settlement:list", "money", READ_MONEY, 10, _open_count))
    registers.homes.append(Home("finance_clerk", "settlement:list", 20))
    registers.panels.append(Panel("orders.order", _("Settlement"), "settlement:on_order", READ_MONEY, 40))
    registers.chapters.append(Chapter("orders.WorkOrder", _settlement))
    registers.links["settlement.Settlement"] = lambda id: reverse("settlement:settlement", args=[id])
