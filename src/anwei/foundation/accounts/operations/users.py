"""Users come, are disabled and come back."""

from typing import Annotated, Literal
from uuid import UUID

from annotated_types import MaxLen, MinLen

from anwei.core.actor import Actor
from anwei.core.operation import operation, record, unchanged
from anwei.foundation.accounts.errors import NameTaken, NotYourself, OnlyYourself
from anwei.foundation.accounts.models import User
from anwei.foundation.accounts.operations.passwords import put_password
from anwei.foundation.accounts.permissions import KEEP_USERS, SIGN_IN

Language = Literal["zh-hans", "en"]


@operation("accounts.create_user", right=KEEP_USERS)
def create_user(
    *, actor: Actor, username: Annotated[str, MinLen(1), MaxLen(60)], name: Annotated[str, MinLen(1), MaxLen(100)], password: str = "",
    side: Literal["ours", "hospital", "distributor"] = "ours", organisation: UUID | None = None, email: Annotated[str, MaxLen(254)] = "",
    phone: Annotated[str, MaxLen(40)] = "", language: Language = "zh-hans",
) -> User:  # fmt: skip
    """Create a user. Without a password they cannot sign in until they set one by invitation.

    :raises NameTaken: the user name exists
    :raises WeakPassword: the password is too short, too common or too like the name
    """
    if User.objects.filter(username=username).exists():
        raise NameTaken(username=username, field="username")
    user = User(username=username, name=name, side=side, organisation=organisation, email=email, phone=phone, language=language)
    put_password(user, password)
    user.save(force_insert=True)
    record(user, "accounts.created")
    return user


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
def set_language(*, actor: Actor, user: User, language: Language) -> User:
    """Choose the language that the system speaks to a user.

    :raises OnlyYourself: it is somebody else, and the actor keeps no users
    """
    if user.id != actor.id and not actor.may(KEEP_USERS):
        raise OnlyYourself
    if user.language == language:
        unchanged(user)
        return user
    user.language = language
    user.save()
    record(user, "accounts.language_set")
    return user
