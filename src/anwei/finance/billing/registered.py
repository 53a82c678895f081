from anwei.core.registers import registers
from anwei.finance.billing.invariants import INVOICES_WITHOUT_GAPS


def register() -> None:
    registers.invariants.append(INVOICES_WITHOUT_GAPS)
