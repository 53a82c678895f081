from anwei.core.registers import registers
from anwei.foundation.files.walled import WALLED


def register() -> None:
    registers.walled += WALLED
