"""The cast: one person per role, made through the operations."""

from typing import Any
from uuid import UUID

from anwei.core.actor import Actor
from anwei.foundation.accounts.models import User
from anwei.foundation.accounts.operations import create_user, give_role, grant_rows
from anwei.foundation.accounts.queries import actor_for, system_actor


def make_user(username: str, *roles: str, side: Any = "ours", **rows: UUID) -> User:
    """Create a user with roles; keywords grant rows: `branch=…`, `hospital=…`."""
    system = system_actor("test")
    user = create_user(actor=system, username=username, name=username.capitalize(), side=side)
    for role in roles:
        give_role(actor=system, user=user, role=role)
    for kind, record_id in rows.items():
        grant_rows(actor=system, user=user, kind=kind, record_id=record_id)
    return user


def make_actor(username: str, *roles: str, side: Any = "ours", door: str = "page", **rows: UUID) -> Actor:
    """Create a user with roles and return them as an actor."""
    return actor_for(make_user(username, *roles, side=side, **rows), door)
