from anwei.core.registers import Effect, registers
from anwei.workorders.quality.effects import block_device, request_release, unblock_device


def register() -> None:
    for effect in (block_device, unblock_device, request_release):
        registers.effects[effect.__name__] = Effect(effect.__name__, effect)
