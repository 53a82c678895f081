from anwei.core.registers import registers
from anwei.inventory.stock.invariants import MOVES_MAKE_BALANCES, STOCK_IS_IN_THE_BOOKS


def register() -> None:
    registers.invariants += [MOVES_MAKE_BALANCES, STOCK_IS_IN_THE_BOOKS]
