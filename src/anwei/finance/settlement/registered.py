from anwei.core.registers import Effect, Fact, registers
from anwei.finance.settlement.effects import propose_settlement, settlement_complete


def register() -> None:
    registers.effects["propose_settlement"] = Effect("propose_settlement", propose_settlement)
    registers.facts["settlement_complete"] = Fact("settlement_complete", bool, settlement_complete)
