from anwei.core.registers import registers
from anwei.foundation.organisations.resources import ORGANISATIONS


def register() -> None:
    registers.resources[ORGANISATIONS.collection] = ORGANISATIONS
