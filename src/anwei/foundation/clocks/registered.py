from anwei.core.registers import registers
from anwei.foundation.clocks.invariants import CLOCKS_AS_RECOMPUTED
from anwei.foundation.clocks.kinds import CalendarKind, SlaKind


def register() -> None:
    registers.definition_kinds |= {"calendar": CalendarKind(), "sla": SlaKind()}
    registers.invariants.append(CLOCKS_AS_RECOMPUTED)
