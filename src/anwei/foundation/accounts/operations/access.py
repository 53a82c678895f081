"""What a user may do (roles) and which rows they see (grants)."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from annotated_types import MaxLen

from anwei.core.actor import Actor
from anwei.core.operation import operation, record, unchanged
from anwei.foundation.accounts.errors import NotYourself, RoleOfAnotherSide, UnknownRole
from anwei.foundation.accounts.models import Grant, Membership, User
from anwei.foundation.accounts.permissions import GRANT
from anwei.foundation.definitions.errors import NotPublished
from anwei.foundation.definitions.queries import published


@operation("accounts.give_role", right=GRANT, on="user")
def give_role(*, actor: Actor, user: User, role: Annotated[str, MaxLen(40)]) -> User:
    """Give a role to a user.

    :raises UnknownRole: no such role is published
    :raises RoleOfAnotherSide: the role is for another kind of user: ours, a hospital's, a distributor's
    :raises NotYourself: nobody changes their own roles
    """
    if user.id == actor.id:
        raise NotYourself
    _check_role(user, role)
    _membership, made = Membership.objects.get_or_create(user=user, role=role)
    record(user, "accounts.role_given") if made else unchanged(user)
    return user


def _check_role(user: User, role: str) -> None:
    try:
        body = published("role", role).body
    except NotPublished as error:
        raise UnknownRole(role=role, field="role") from error
    if body["side"] != user.side:
        raise RoleOfAnotherSide(role=role, field="role")


@operation("accounts.take_role", right=GRANT, on="user")
def take_role(*, actor: Actor, user: User, role: Annotated[str, MaxLen(40)]) -> User:
    """Take a role from a user; it holds at their next request.

    :raises NotYourself: nobody changes their own roles
    """
    if user.id == actor.id:
        raise NotYourself
    gone, _by_table = Membership.objects.filter(user=user, role=role).delete()
    record(user, "accounts.role_taken") if gone else unchanged(user)
    return user


@operation("accounts.grant_rows", right=GRANT, on="user")
def grant_rows(*, actor: Actor, user: User, kind: Annotated[str, MaxLen(40)], record_id: UUID, until: datetime | None = None) -> Grant:
    """Let a user see the rows of a branch, a hospital, a distributor, or one record, until a time or for good.

    :raises NotYourself: nobody widens what they see
    """
    if user.id == actor.id:
        raise NotYourself
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
