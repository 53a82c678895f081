from anwei.core.registers import Effect, Fact, registers
from anwei.workorders.dispatch.effects import grant_engineer, notify_engineer, revoke_engineer
from anwei.workorders.dispatch.facts import competent_engineer


def register() -> None:
    for effect in (grant_engineer, revoke_engineer, notify_engineer):
        registers.effects[effect.__name__] = Effect(effect.__name__, effect)
    registers.facts["competent_engineer"] = Fact("competent_engineer", bool, competent_engineer)
