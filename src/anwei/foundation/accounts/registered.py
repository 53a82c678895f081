from anwei.core.registers import registers
from anwei.foundation.accounts.roles import RoleKind


def register() -> None:
    registers.definition_kinds["role"] = RoleKind()
