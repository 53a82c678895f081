from anwei.core.registers import Fact, registers
from anwei.workorders.intake.facts import device_known, harm_answered


def register() -> None:
    for fact in (device_known, harm_answered):
        registers.facts[fact.__name__] = Fact(fact.__name__, bool, fact)
