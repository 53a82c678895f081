from anwei.core.registers import registers
from anwei.workorders.orders.kinds import FlowKind


def register() -> None:
    registers.definition_kinds["flow"] = FlowKind()
