from anwei.core.registers import registers
from anwei.foundation.ledger.invariants import BOOKS_BALANCE


def register() -> None:
    registers.invariants.append(BOOKS_BALANCE)
