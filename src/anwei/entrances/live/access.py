"""Who may hear of what: the session says who it is, and a record is heard of by those who may see it."""

from collections.abc import Iterable
from uuid import UUID

from django.apps import apps
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.db import close_old_connections
from django.http import HttpRequest

from anwei.core.actor import Actor
from anwei.core.registers import registers
from anwei.core.resources import rows_of
from anwei.core.wall import outside
from anwei.foundation.accounts.models import User
from anwei.foundation.accounts.queries import actor_for


def heard(session: str, topics: Iterable[str]) -> frozenset[str]:
    """Return those of the topics that whoever holds this session may hear of; none without a living session.

    A topic is a record, "orders.WorkOrder:0192…", or all of a kind, "orders.WorkOrder".
    """
    close_old_connections()
    actor = _actor(session)
    return frozenset(topic for topic in topics if may_hear(actor, topic)) if actor else frozenset()


def _actor(session: str) -> Actor | None:
    request = HttpRequest()
    request.session = SessionStore(session)
    user = get_user(request)
    return actor_for(user, "page") if isinstance(user, User) else None


def may_hear(actor: Actor, topic: str) -> bool:
    """Say whether an actor may hear that a record, or something of a kind, changed.

    That some record of a kind changed tells nobody of ours which; people from outside hear of single records only.
    """
    label, _colon, key = topic.partition(":")
    try:
        resource, id = registers.resource_of(apps.get_model(label)), UUID(key) if key else None
    except (LookupError, ValueError):
        return False
    if resource is None or not actor.may(resource.right):
        return False
    if id is None:
        return actor.side == "ours"
    with outside(actor):
        return bool(rows_of(resource, actor).filter(pk=id).exists())
