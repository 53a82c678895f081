"""Names of roles, and the people one may become in the demo."""

from collections.abc import Iterable
from functools import cache

from django.urls import reverse
from django.utils.translation import get_language

from anwei.core.actor import Actor
from anwei.core.labels import Label
from anwei.core.shell import DemoRole
from anwei.foundation.accounts.models import Membership, User
from anwei.foundation.accounts.roles import shipped_roles
from anwei.foundation.definitions.models import Definition


def role_choices(side: str) -> list[tuple[str, str]]:
    """Return the roles that a user of a side may hold, as (key, name in the reader's language)."""
    keys = Definition.objects.filter(kind="role", versions__status="published", versions__body__side=side).order_by("key")
    return [(d.key, name_of(d)) for d in keys]


def role_names(keys: Iterable[str]) -> list[str]:
    """Return the names of roles in the reader's language."""
    return [name_of(d) for d in Definition.objects.filter(kind="role", key__in=list(keys)).order_by("key")]


def name_of(definition: Definition) -> str:
    """Return the name of a rule in the reader's language."""
    return definition.name_zh if get_language() == "zh-hans" else definition.name_en


def demo_roles(actor: Actor | None) -> list[DemoRole]:
    """Return one person per role: a click in the demo goes on as them."""
    first: dict[str, User] = {}
    for held in Membership.objects.filter(user__is_active=True).select_related("user").order_by("role", "user__username"):
        first.setdefault(held.role, held.user)
    roles = Definition.objects.filter(kind="role", key__in=first)
    return [_become(role, first[role.key], actor) for role in sorted(roles, key=lambda role: role.key)]


def _become(role: Definition, user: User, actor: Actor | None) -> DemoRole:
    current = actor is not None and actor.id == user.id
    return DemoRole(f"{name_of(role)} · {user.name}", reverse("become", args=[user.username]), current)


def holders_of(role: str) -> list[User]:
    """Return the active users of a role, by name."""
    return list(User.objects.filter(is_active=True, pk__in=Membership.objects.filter(role=role).values("user")).order_by("name", "id"))


@cache
def role_labels() -> dict[str, Label]:
    """Return the names of the shipped roles by key."""
    return {row["key"]: Label(row["zh"], row["en"]) for row in shipped_roles()}
