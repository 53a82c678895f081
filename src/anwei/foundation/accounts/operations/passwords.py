"""How a person gets to their password: set by themselves, or by a link that works once."""

from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError

from anwei.core.actor import Actor
from anwei.core.operation import operation, record
from anwei.foundation.accounts.errors import Disabled, InvitationEnded, OnlyYourself, WeakPassword, WrongPassword
from anwei.foundation.accounts.models import User
from anwei.foundation.accounts.permissions import ACCEPT_INVITATION, KEEP_USERS, SIGN_IN


def put_password(user: User, password: str) -> None:
    """Put a password on a user within the running deed; an empty one lets nobody in.

    :raises WeakPassword: too easy to guess
    """
    if not password:
        user.set_unusable_password()
        return
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise WeakPassword(reasons=" ".join(error.messages), field="password") from error
    user.set_password(password)


@operation("accounts.set_password", right=SIGN_IN, on="user")
def set_password(*, actor: Actor, user: User, password: str, current: str = "") -> User:
    """Set a password: one's own, who knows the present one, or by who keeps users somebody else's. Other sessions of the user end.

    :raises OnlyYourself: neither one's own nor a keeper of users
    :raises WrongPassword: one's own, and `current` is not the present one
    :raises WeakPassword: too easy to guess
    """
    if user.id != actor.id and not actor.may(KEEP_USERS):
        raise OnlyYourself
    if user.id == actor.id and not user.check_password(current):
        raise WrongPassword(field="current")
    put_password(user, password)
    user.save()
    record(user, "accounts.password_set")
    return user


@operation("accounts.invite", right=KEEP_USERS, on="user")
def invite(*, actor: Actor, user: User) -> User:
    """Make a link by which a user sets their password, once, within 72 hours. Its secret part stands in `user.secret`.

    :raises Disabled: the user may not sign in at all
    """
    if not user.is_active:
        raise Disabled
    record(user, "accounts.invited")
    user.secret = default_token_generator.make_token(user)
    return user


@operation("accounts.accept_invitation", right=ACCEPT_INVITATION)
def accept_invitation(*, actor: Actor, user_id: UUID, secret: str, password: str) -> User:
    """Set one's password by an invitation, which then is used up.

    :raises InvitationEnded: the link is older than 72 hours, was used, or never was
    :raises WeakPassword: too easy to guess
    """
    user: User | None = User.objects.select_for_update().filter(pk=user_id, is_active=True).first()
    if user is None or not default_token_generator.check_token(user, secret):
        raise InvitationEnded
    put_password(user, password)
    user.save()
    record(user, "accounts.invitation_accepted")
    return user
