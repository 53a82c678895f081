"""Users, their roles, grants and keys for programs."""

import hashlib
import secrets
from datetime import datetime
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from anwei.core.actor import Actor
from anwei.core.operation import operation, record, unchanged
from anwei.foundation.accounts.errors import NameTaken, NotYourself, RightsBeyondOwner, UnknownRole, WeakPassword
from anwei.foundation.accounts.models import Grant, Membership, Token, User
from anwei.foundation.accounts.permissions import GRANT, KEEP_TOKENS, KEEP_USERS, SIGN_IN
from anwei.foundation.accounts.queries import actor_for
from anwei.foundation.definitions.models import Definition


@operation("accounts.create_user", right=KEEP_USERS)
def create_user(
    *, actor: Actor, username: str, name: str, password: str = "", side: str = "ours", organisation: UUID | None = None,
    email: str = "", language: str = "zh-hans",
) -> User:  # fmt: skip
    """Create a user. Without a password they cannot sign in until one is set by invitation.

    :raises NameTaken: the user name exists
    :raises WeakPassword: the password is too short, too common or too like the name
    """
    if User.objects.filter(username=username).exists():
        raise NameTaken(username=username)
    user = User(username=username, name=name, side=side, organisation=organisation, email=email, language=language)
    _put_password(user, password)
    user.save()
    record(user, "accounts.created")
    return user


def _put_password(user: User, password: str) -> None:
    if not password:
        user.set_unusable_password()
        return
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise WeakPassword(reasons=" ".join(error.messages)) from error
    user.set_password(password)


@operation("accounts.set_password", right=SIGN_IN, on="user")
def set_password(*, actor: Actor, user: User, password: str) -> User:
    """Set a password: one's own, or by who keeps users somebody else's. Other sessions of the user end.

    :raises WeakPassword: too easy to guess
    :raises NotYourself: neither one's own nor a keeper of users
    """
    if user.id != actor.id and not actor.may(KEEP_USERS):
        raise NotYourself
    _put_password(user, password)
    user.save()
    record(user, "accounts.password_set")
    return user


@operation("accounts.give_role", right=GRANT, on="user")
def give_role(*, actor: Actor, user: User, role: str) -> User:
    """Give a role to a user.

    :raises UnknownRole: no such role is defined
    :raises NotYourself: nobody changes their own roles
    """
    if user.id == actor.id:
        raise NotYourself
    if not Definition.objects.filter(kind="role", key=role).exists():
        raise UnknownRole(role=role)
    _membership, made = Membership.objects.get_or_create(user=user, role=role)
    record(user, "accounts.role_given") if made else unchanged(user)
    return user


@operation("accounts.take_role", right=GRANT, on="user")
def take_role(*, actor: Actor, user: User, role: str) -> User:
    """Take a role from a user; it holds at their next request.

    :raises NotYourself: nobody changes their own roles
    """
    if user.id == actor.id:
        raise NotYourself
    gone, _by_table = Membership.objects.filter(user=user, role=role).delete()
    record(user, "accounts.role_taken") if gone else unchanged(user)
    return user


@operation("accounts.grant_rows", right=GRANT, on="user")
def grant_rows(*, actor: Actor, user: User, kind: str, record_id: UUID, until: datetime | None = None) -> Grant:
    """Let a user see the rows of a branch, a hospital, a distributor, or one record, until a time or for good."""
    return put_grant(user=user, kind=kind, record_id=record_id, until=until)


def put_grant(*, user: User, kind: str, record_id: UUID, until: datetime | None) -> Grant:
    """Write a grant within the running deed; dispatching and other deeds call it for the rows they hand over."""
    grant, _made = Grant.objects.update_or_create(user=user, kind=kind, record=record_id, defaults={"until": until})
    record(grant, "accounts.granted")
    return grant


@operation("accounts.end_grant", right=GRANT, on="grant")
def end_grant(*, actor: Actor, grant: Grant, at: datetime) -> Grant:
    """End a grant at a time."""
    grant.until = at
    grant.save()
    record(grant, "accounts.grant_ended", at=at)
    return grant


@operation("accounts.disable", right=KEEP_USERS, on="user")
def disable(*, actor: Actor, user: User) -> User:
    """Disable a user: no sign-in, and their sessions and keys end with their next request.

    :raises NotYourself: nobody disables themselves
    """
    if user.id == actor.id:
        raise NotYourself
    if not user.is_active:
        unchanged(user)
        return user
    user.is_active = False
    user.save()
    record(user, "accounts.disabled")
    return user


@operation("accounts.enable", right=KEEP_USERS, on="user")
def enable(*, actor: Actor, user: User) -> User:
    """Let a disabled user sign in again."""
    if user.is_active:
        unchanged(user)
        return user
    user.is_active = True
    user.save()
    record(user, "accounts.enabled")
    return user


@operation("accounts.set_language", right=SIGN_IN, on="user")
def set_language(*, actor: Actor, user: User, language: str) -> User:
    """Choose the language that the system speaks to a user."""
    if user.language == language:
        unchanged(user)
        return user
    user.language = language
    user.save()
    record(user, "accounts.language_set")
    return user


def hash_secret(secret: str) -> bytes:
    """Return what is kept of a program's key: SHA-256, enough for 256 random bits."""
    return hashlib.sha256(secret.encode()).digest()


@operation("accounts.make_token", right=KEEP_TOKENS, on="user")
def make_token(*, actor: Actor, user: User, name: str, rights: list[str], expires_at: datetime) -> Token:
    """Make a key for a program that acts as a user with some of their rights. Its secret stands in `token.secret`, this once.

    :raises RightsBeyondOwner: a right that none of the user's roles carries
    """
    if beyond := sorted(set(rights) - actor_for(user, "api").rights):
        raise RightsBeyondOwner(rights=", ".join(beyond))
    secret = "aw_" + secrets.token_urlsafe(32)
    token = Token.objects.create(user=user, name=name, rights=sorted(set(rights)), expires_at=expires_at, secret_hash=hash_secret(secret))
    record(token, "accounts.token_made")
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
