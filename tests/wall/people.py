"""Rows of every table behind the wall that point at each other by chance, and people from outside with grants by chance."""

from collections import defaultdict
from datetime import timedelta
from random import Random
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from anwei.core.registers import registers
from anwei.foundation.accounts.models import Grant, User
from anwei.foundation.accounts.policies import KINDS
from anwei.foundation.clocks.models import Clock
from tests.trail.rows import ATTEMPTS, NoRowFound, drawn, written

EACH = 5  # rows of a table
Pool = dict[type[models.Model], list[Any]]
OF_KIND = {"hospital": "Organisation", "distributor": "Organisation", "device": "Device", "order": "WorkOrder"}


def make_pool(chance: Random) -> Pool:
    """Make some rows of every table behind the wall within the deed that is open; foreign keys point at rows of the pool."""
    pool: Pool = defaultdict(list)
    walled = {w.model for w in registers.walled}
    for model in (m for m in apps.get_models() if m in walled):  # in the order of the house: what is named stands before who names it
        for _ in range(EACH):
            pool[model].append(_made(model, chance, pool))
    for clock, order in zip(pool[Clock], _of(pool, "WorkOrder"), strict=True):
        Clock.objects.filter(pk=clock.pk).update(subject=order.pk)
    return pool


def _of(pool: Pool, name: str) -> list[Any]:
    return next(rows for model, rows in pool.items() if model.__name__ == name)


def _made(model: type[models.Model], chance: Random, pool: Pool) -> Any:
    for _attempt in range(ATTEMPTS):
        fields = [f for f in written(model) if not (f.primary_key and f.default is not models.NOT_PROVIDED)]
        row = model(**{f.name: _value(f, chance, pool) for f in fields})
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            continue
        return row
    raise NoRowFound(model._meta.label)


def _value(field: Any, chance: Random, pool: Pool) -> Any:
    standing = pool.get(field.related_model, []) if field.is_relation else []
    return chance.choice(standing) if standing and chance.random() < 0.8 else drawn(field, chance)


def make_person(chance: Random, pool: Pool) -> User:
    """Make somebody from outside with grants that hold, will end, have ended, or were taken back."""
    side = chance.choice(["hospital", "distributor"])
    user: User = User.objects.create(username=f"u{chance.getrandbits(60)}", name="甲", side=side)
    for _ in range(chance.randrange(5)):
        kind, now = chance.choice(KINDS), timezone.now()
        until = chance.choice([None, None, now + timedelta(days=1), now - timedelta(days=1), now])
        Grant.objects.get_or_create(user=user, kind=kind, record=chance.choice(_of(pool, OF_KIND[kind])).pk, defaults={"until": until})
    if chance.random() < 0.2:  # somebody of ours granted a branch by mistake: it opens nothing
        Grant.objects.create(user=user, kind="branch", record=chance.choice(_of(pool, "Branch")).pk)
    if chance.random() < 0.3:
        Grant.objects.filter(user=user).order_by("?")[:1].get().delete() if Grant.objects.filter(user=user).exists() else None
    return user
