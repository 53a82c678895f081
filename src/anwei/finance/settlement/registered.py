from anwei.core.registers import Effect, registers
from anwei.finance.settlement.effects import propose_settlement


def register() -> None:
    registers.effects["propose_settlement"] = Effect("propose_settlement", propose_settlement)
