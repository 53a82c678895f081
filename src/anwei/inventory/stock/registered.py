from django.utils.translation import gettext_lazy as _

from anwei.core.registers import Home, MenuEntry, registers
from anwei.inventory.stock.invariants import HELD_IS_RESERVED, MOVES_MAKE_BALANCES, STOCK_IS_IN_THE_BOOKS
from anwei.inventory.stock.kinds import StockFlowKind
from anwei.inventory.stock.permissions import READ_STOCK
from anwei.inventory.stock.resources import BALANCES, MOVES


def register() -> None:
    registers.invariants += [MOVES_MAKE_BALANCES, STOCK_IS_IN_THE_BOOKS, HELD_IS_RESERVED]
    registers.resources |= {resource.collection: resource for resource in (BALANCES, MOVES)}
    registers.definition_kinds["stock_flow"] = StockFlowKind()
    registers.menu.append(MenuEntry("parts", _("Stock"), "stock:list", "stock", READ_STOCK, 10))
    registers.homes.append(Home("storekeeper", "stock:list", 20))
