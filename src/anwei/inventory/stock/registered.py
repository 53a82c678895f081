from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from anwei.core.registers import Home, MenuEntry, Story, registers
from anwei.inventory.stock.invariants import HELD_IS_RESERVED, MOVES_MAKE_BALANCES, STOCK_IS_IN_THE_BOOKS
from anwei.inventory.stock.kinds import StockFlowKind
from anwei.inventory.stock.permissions import READ_STOCK
from anwei.inventory.stock.queries import late_count
from anwei.inventory.stock.resources import BALANCES, COUNTS, DUES, MOVES, PLACES, TRANSFERS

STORIES = (
    Story("stock.place_opened", _("Storage place opened")),
    Story("stock.received", _("Goods received")),
    Story("stock.transferred", _("Goods moved")),
    Story("stock.reversed", _("Stock move reversed")),
    Story("stock.issued", _("Parts issued to the van"), "car"),
    Story("stock.sent", _("Parts sent"), "sending"),
    Story("stock.transfer_received", _("Transfer received"), "check", "green"),
    Story("stock.transfer_short", _("Transfer received, something lacks"), "warn", "amber"),
    Story("stock.transfer_cancelled", _("Transfer taken back"), "undo"),
    Story("stock.lost_written_off", _("Lost parts written off"), "ban", "red"),
    Story("stock.old_part_cleaned", _("Old part decontaminated"), "drop"),
    Story("stock.data_wiped", _("Patient data of the old part wiped"), "lock"),
    Story("stock.old_part_left", _("Old part left with the hospital"), "hospital"),
    Story("stock.old_part_handed_in", _("Old part handed in"), "swap"),
    Story("stock.old_part_judged", _("Old part judged"), "check"),
    Story("stock.old_part_scrapped", _("Old part scrapped"), "ban", "red"),
    Story("stock.count_agrees", _("Counted: agrees"), "check", "green"),
    Story("stock.count_differs", _("Counted: differs"), "warn", "amber"),
    Story("stock.count_approved", _("Difference of a count approved"), "check"),
    Story("stock.count_discarded", _("Count set aside"), "again"),
)


def register() -> None:
    registers.invariants += [MOVES_MAKE_BALANCES, STOCK_IS_IN_THE_BOOKS, HELD_IS_RESERVED]
    registers.resources |= {resource.collection: resource for resource in (BALANCES, MOVES, PLACES, TRANSFERS, DUES, COUNTS)}
    registers.definition_kinds["stock_flow"] = StockFlowKind()
    registers.menu.append(MenuEntry("parts", _("Stock"), "stock:list", "stock", READ_STOCK, 10))
    registers.menu.append(MenuEntry("parts", _("Returns"), "stock:dues", "swap", READ_STOCK, 12, late_count))
    registers.menu.append(MenuEntry("parts", _("Transfers"), "stock:transfers", "sending", READ_STOCK, 14))
    registers.menu.append(MenuEntry("parts", _("Stock counts"), "stock:counts", "check", READ_STOCK, 16))
    registers.links["stock.Due"] = lambda id: reverse("stock:due", args=[id])
    registers.links["stock.Transfer"] = lambda id: reverse("stock:transfer", args=[id])
    registers.links["stock.Count"] = lambda id: reverse("stock:count", args=[id])
    registers.homes.append(Home("storekeeper", "stock:list", 20))
    registers.stories |= {story.word: story for story in STORIES}
