from django.utils.translation import gettext_lazy as _

from anwei.core.registers import Home, MenuEntry, Story, registers
from anwei.inventory.stock.invariants import MOVES_MAKE_BALANCES, STOCK_IS_IN_THE_BOOKS
from anwei.inventory.stock.permissions import READ_STOCK
from anwei.inventory.stock.resources import BALANCES, MOVES

STORIES = (
    Story("stock.place_opened", _("Storage place opened")),
    Story("stock.received", _("Goods received")),
    Story("stock.transferred", _("Goods moved")),
    Story("stock.reversed", _("Stock move reversed")),
)


def register() -> None:
    registers.invariants += [MOVES_MAKE_BALANCES, STOCK_IS_IN_THE_BOOKS]
    registers.resources |= {resource.collection: resource for resource in (BALANCES, MOVES)}
    registers.menu.append(MenuEntry("parts", _("Stock"), "stock:list", "stock", READ_STOCK, 10))
    registers.homes.append(Home("storekeeper", "stock:list", 20))
    registers.stories |= {story.word: story for story in STORIES}
