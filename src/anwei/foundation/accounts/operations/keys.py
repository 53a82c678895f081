"""Keys for programs: named, with some of their owner's rights, ending by themselves."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Annotated

from annotated_types import MaxLen, MinLen

from anwei.core.actor import Actor
from anwei.core.operation import operation, record, unchanged
from anwei.foundation.accounts.errors import EndsTooLate, RightsBeyondOwner
from anwei.foundation.accounts.models import Token, TokenUse, User
from anwei.foundation.accounts.permissions import KEEP_TOKENS
from anwei.foundation.accounts.queries import actor_for

LONGEST = timedelta(days=2 * 366)
NOTED_EVERY = timedelta(minutes=5)


def hash_secret(secret: str) -> bytes:
    """Return what is kept of a program's key: SHA-256, enough for 256 random bits."""
    return hashlib.sha256(secret.encode()).digest()


@operation("accounts.make_token", right=KEEP_TOKENS, on="user")
def make_token(
    *, actor: Actor, user: User, name: Annotated[str, MinLen(1), MaxLen(100)], rights: list[str], expires_at: datetime, at: datetime
) -> Token:
    """Make a key for a program that acts as a user with some of their rights. Its secret stands in `token.secret`, this once.

    Through a key, or for oneself, nobody hands on a right that they do not hold at this moment.

    :raises RightsBeyondOwner: a right that none of the user's roles carries, or that the actor cannot hand on
    :raises EndsTooLate: it ends in the past, or more than two years ahead
    """
    allowed = actor_for(user, "api", at).rights
    if actor.door == "api" or actor.id == user.id:
        allowed &= actor.rights
    if beyond := sorted(set(rights) - allowed):
        raise RightsBeyondOwner(rights=", ".join(beyond), field="rights")
    if not at < expires_at <= at + LONGEST:
        raise EndsTooLate(field="expires_at")
    secret = "aw_" + secrets.token_urlsafe(32)
    token = Token.objects.create(user=user, name=name, rights=sorted(set(rights)), expires_at=expires_at, secret_hash=hash_secret(secret))
    record(token, "accounts.token_made", at=at)
    token.secret = secret
    return token


@operation("accounts.revoke_token", right=KEEP_TOKENS, on="token")
def revoke_token(*, actor: Actor, token: Token, at: datetime) -> Token:
    """End a program's key at once."""
    if token.revoked_at:
        unchanged(token)
        return token
    token.revoked_at = at
    token.save()
    record(token, "accounts.token_revoked", at=at)
    return token


def note_use(token: Token, at: datetime) -> None:
    """Remember that a key was used, to within five minutes: no deed, and no row of the business."""
    used = getattr(token, "use", None)
    if used is None or at - used.last_used > NOTED_EVERY:
        TokenUse.objects.update_or_create(token=token, defaults={"last_used": at})
