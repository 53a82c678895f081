from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from anwei.core.registers import Home, MenuEntry, registers
from anwei.inventory.stock.invariants import HELD_IS_RESERVED, MOVES_MAKE_BALANCES, STOCK_IS_IN_THE_BOOKS
from anwei.inventory.stock.kinds import StockFlowKind
from anwei.inventory.stock.permissions import READ_STOCK
from anwei.inventory.stock.queries import late_count
from anwei.inventory.stock.resources import BALANCES, COUNTS, DUES, MOVES, PLACES, TRANSFERS


def register() -> None:
    registers.invariants += [MOVES_MAKE_BALANCES, STOCK_IS_IN_THE_BOOKS, HELD_IS_RESERVED]
    registers.resources |= {resource.collection: resource for resource in (BALANCES, MOVES, PLACES, TRANSFERS, DUES, COUNTS)}
    registers.definition_kinds["stock_flow"] = StockFlowKind()
    registers.menu.append(MenuEntry("parts", _("Stock"), "stock:list", "stock", READ_STOCK, 10))
    registers.menu.append(MenuEntry("parts", _("Returns and old parts"), "stock:dues", "swap", READ_STOCK, 12, late_count))
    registers.menu.append(MenuEntry("parts", _("Transfers"), "stock:transfers", "sending", READ_STOCK, 14))
    registers.menu.append(MenuEntry("parts", _("Counts"), "stock:counts", "check", READ_STOCK, 16))
    registers.links["stock.Due"] = lambda id: reverse("stock:due", args=[id])
    registers.links["stock.Transfer"] = lambda id: reverse("stock:transfer", args=[id])
    registers.links["stock.Count"] = lambda id: reverse("stock:count", args=[id])
    registers.homes.append(Home("storekeeper", "stock:list", 20))
