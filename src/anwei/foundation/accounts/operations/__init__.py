"""Users, what they may do and see, the way they sign in, and keys for programs."""

from anwei.foundation.accounts.operations.access import end_grant, give_role, grant_rows, put_grant, take_role
from anwei.foundation.accounts.operations.keys import hash_secret, make_token, note_use, revoke_token
from anwei.foundation.accounts.operations.passwords import accept_invitation, invite, set_password
from anwei.foundation.accounts.operations.users import create_user, disable, enable, set_language

__all__ = [
    "accept_invitation", "create_user", "disable", "enable", "end_grant", "give_role", "grant_rows", "hash_secret", "invite", "make_token",
    "note_use", "put_grant", "revoke_token", "set_language", "set_password", "take_role",
]  # fmt: skip
