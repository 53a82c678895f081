from anwei.core.registers import Effect, Fact, registers
from anwei.workorders.quality.effects import block_device, reopen_visit, request_release, unblock_device
from anwei.workorders.quality.facts import harm_open, may_release_device, releaser_is_repairer, required_tests_passed


def register() -> None:
    for effect in (block_device, unblock_device, request_release, reopen_visit):
        registers.effects[effect.__name__] = Effect(effect.__name__, effect)
    for fact in (required_tests_passed, releaser_is_repairer, may_release_device, harm_open):
        registers.facts[fact.__name__] = Fact(fact.__name__, bool, fact)
