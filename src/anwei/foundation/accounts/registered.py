from django.utils.translation import gettext_lazy as _

from anwei.core.registers import MenuEntry, registers
from anwei.core.wall import wire_wall
from anwei.foundation.accounts.permissions import KEEP_TOKENS, READ_USERS, SEE_MATRIX
from anwei.foundation.accounts.resources import USERS
from anwei.foundation.accounts.roles import RoleKind
from anwei.foundation.accounts.wall import PooledWall
from anwei.foundation.accounts.walled import WALLED


def register() -> None:
    wire_wall(PooledWall())
    registers.walled += WALLED
    registers.definition_kinds["role"] = RoleKind()
    registers.resources[USERS.collection] = USERS
    registers.menu += [
        MenuEntry("system", _("Users"), "accounts:users", "people", READ_USERS, 10),
        MenuEntry("system", _("Who may do what"), "accounts:rights", "lock", SEE_MATRIX, 20),
        MenuEntry("system", _("Keys for programs"), "accounts:keys", "key", KEEP_TOKENS, 30),
    ]
