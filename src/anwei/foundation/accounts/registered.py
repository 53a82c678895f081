from django.utils.translation import gettext_lazy as _

from anwei.core.registers import MenuEntry, Story, registers
from anwei.core.wall import wire_wall
from anwei.foundation.accounts.permissions import KEEP_TOKENS, READ_USERS, SEE_MATRIX
from anwei.foundation.accounts.resources import USERS
from anwei.foundation.accounts.roles import RoleKind, merge_roles
from anwei.foundation.accounts.wall import PooledWall
from anwei.foundation.accounts.walled import WALLED

STORIES = (
    Story("accounts.created", _("User created")),
    Story("accounts.invited", _("User invited")),
    Story("accounts.invitation_accepted", _("Invitation accepted")),
    Story("accounts.disabled", _("User disabled")),
    Story("accounts.enabled", _("User enabled again")),
    Story("accounts.role_given", _("Role given")),
    Story("accounts.role_taken", _("Role taken away")),
    Story("accounts.granted", _("Rows opened to a user")),
    Story("accounts.grant_ended", _("Rows closed to a user")),
    Story("accounts.password_set", _("Password set")),
    Story("accounts.language_set", _("Language chosen")),
    Story("accounts.token_made", _("Key for a program made")),
    Story("accounts.token_revoked", _("Key for a program revoked")),
)


def register() -> None:
    wire_wall(PooledWall())
    registers.walled += WALLED
    registers.definition_kinds["role"] = RoleKind()
    registers.merges["role"] = merge_roles
    registers.resources[USERS.collection] = USERS
    registers.menu += [
        MenuEntry("system", _("Users"), "accounts:users", "people", READ_USERS, 10),
        MenuEntry("system", _("Who may do what"), "accounts:rights", "lock", SEE_MATRIX, 20),
        MenuEntry("system", _("Keys for programs"), "accounts:keys", "key", KEEP_TOKENS, 30),
    ]
    registers.stories |= {story.word: story for story in STORIES}
