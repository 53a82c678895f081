"""What PostgreSQL lets somebody from outside read is what `visible_to` says, and what their pages need to show it; nothing else."""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from django.db import connection, models

from anwei.core.actor import Actor
from anwei.core.registers import registers
from anwei.core.wall import Walled, outside
from anwei.foundation.accounts.policies import condition
from anwei.foundation.accounts.queries import actor_for
from anwei.foundation.branches.models import Branch
from anwei.foundation.clocks.models import Clock
from anwei.foundation.definitions.models import Definition, Version
from anwei.workorders.orders.models import WorkOrder
from tests.trail.test_completeness import a_deed
from tests.wall.people import make_person, make_pool

pytestmark = pytest.mark.django_db
PEOPLE = 30
Keys = set[Any]
SHOWN = ("flow", "role", "sla")
BESIDES: dict[type[models.Model], Callable[[Actor], Any]] = {
    Branch: lambda actor: Branch.objects.all(),
    Definition: lambda actor: Definition.objects.filter(kind__in=SHOWN),
    Version: lambda actor: Version.objects.filter(definition__kind__in=SHOWN).exclude(status="draft"),
    Clock: lambda actor: Clock.objects.filter(subject__in=WorkOrder.objects.visible_to(actor).values("pk")),
}


def keys(rows: Any) -> Keys:
    return set(rows.values_list("pk", flat=True))


def needed(actor: Actor) -> dict[type[models.Model], Keys]:
    """Return what somebody must find behind the wall: what they see, what pages are drawn by, and what all that points at."""
    found = {w.model: keys(w.model.objects.visible_to(actor)) for w in registers.walled}  # type: ignore[attr-defined]
    for model, besides in BESIDES.items():
        found[model] |= keys(besides(actor))
    size = -1
    while size != (size := sum(map(len, found.values()))):
        for walled in registers.walled:
            for name in walled.names:
                field: Any = walled.model._meta.get_field(name)
                rows = walled.model._base_manager.filter(pk__in=found[walled.model]).exclude(**{name: None})
                found[field.related_model] |= set(rows.values_list(field.attname, flat=True))
    return found


def seen_by_condition(walled: Walled) -> Keys:
    table, key = walled.model._meta.db_table, walled.model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(f'select "{key}" from "{table}" where {condition(walled)}')
        return {row[0] for row in cursor.fetchall()}


def test_the_wall_and_visible_to_say_the_same_whatever_is_granted() -> None:
    seed = Random().randrange(2**32)
    print(f"seed {seed}")
    chance = Random(seed)
    with a_deed():
        pool = make_pool(chance)
        people = [make_person(chance, pool) for _ in range(PEOPLE)]
    met: Keys = set()
    for user in people:
        actor = actor_for(user, "page")
        visible = {w.model: keys(w.model.objects.visible_to(actor)) for w in registers.walled}  # type: ignore[attr-defined]
        expected = needed(actor)
        with outside(actor):
            for walled in registers.walled:
                label = f"{walled.model._meta.label}, seed {seed}, grants {dict(actor.scope)}"
                assert seen_by_condition(walled) == visible[walled.model], label
                assert keys(walled.model._base_manager) == expected[walled.model], label
        met |= {model for model, rows in visible.items() if rows}
    assert len(met) > len(registers.walled) / 2  # the generated grants did open something
