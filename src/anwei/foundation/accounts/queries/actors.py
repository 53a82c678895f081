"""Who somebody is, as an actor: rights from roles, rows from grants."""

from collections import defaultdict
from dataclasses import replace
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.utils import timezone

from anwei.core.actor import Actor, Side
from anwei.core.rights import RIGHTS
from anwei.foundation.accounts.models import Grant, Membership, Token, User
from anwei.foundation.definitions.models import Status, Version

SYSTEM = frozenset({"system"})  # the role by which flows name the system itself


def system_actor(name: str = "system") -> Actor:
    """Return the system itself, for timed work, installation and imports started from the command line."""
    return Actor(id=None, name=name, rights=frozenset(RIGHTS), roles=SYSTEM, everywhere=True, side="system", door="system")


def public_actor() -> Actor:
    """Return somebody without login who holds a sticker's code: the rights of the role `public` and no rows."""
    body = Version.objects.filter(definition__kind="role", definition__key="public", status=Status.PUBLISHED).values_list("body", flat=True)
    rights = frozenset(r for b in body for r in b["rights"])
    return Actor(id=None, name="public", rights=rights, roles=frozenset({"public"}), side="public", door="public")


def actor_for(user: User, door: str, at: datetime | None = None) -> Actor:
    """Return a person with the rights of their roles and the rows of their grants, as they stand now."""
    roles = list(Membership.objects.filter(user=user).values_list("role", flat=True))
    bodies: list[dict[str, Any]] = list(
        Version.objects.filter(definition__kind="role", definition__key__in=roles, status=Status.PUBLISHED).values_list("body", flat=True)
    )
    scope: dict[str, set[UUID]] = defaultdict(set)
    for kind, record in Grant.objects.filter(user=user).live(at or timezone.now()).values_list("kind", "record"):
        scope[kind].add(record)
    return Actor(
        id=user.id,
        name=user.name,
        rights=frozenset(r for b in bodies for r in b["rights"]),
        roles=frozenset(roles),
        scope={kind: frozenset(ids) for kind, ids in scope.items()},
        everywhere=user.side == User.Side.OURS and any(b["everywhere"] for b in bodies),
        side=cast(Side, user.side),
        language=user.language,
        door=door,
    )


def token_of_secret(secret_hash: bytes, at: datetime) -> Token | None:
    """Return the key that a program shows; None if it is unknown, revoked or ended, or its user is disabled."""
    living = Token.objects.filter(revoked_at=None, expires_at__gt=at, user__is_active=True)
    return living.select_related("user", "use").filter(secret_hash=secret_hash).first()


def actor_of_token(token: Token) -> Actor:
    """Return who a program acts as: the key's user, with no more than the key's own rights."""
    actor = actor_for(token.user, "api")
    return replace(actor, rights=actor.rights & frozenset(token.rights))
