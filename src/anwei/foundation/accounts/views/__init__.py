"""Pages about users: signing in, users and their access, keys for programs, the matrix of rights."""

from anwei.foundation.accounts.views.keys import keys, make_key, revoke_key
from anwei.foundation.accounts.views.matrix import rights
from anwei.foundation.accounts.views.own import home, language, own, password
from anwei.foundation.accounts.views.sign_in import become, locked_out, sign_in, sign_out, welcome
from anwei.foundation.accounts.views.users import change, create, grant, invite_user, user, users

__all__ = [
    "become", "change", "create", "grant", "home", "invite_user", "keys", "language", "locked_out", "make_key", "own", "password",
    "revoke_key", "rights", "sign_in", "sign_out", "user", "users", "welcome",
]  # fmt: skip
