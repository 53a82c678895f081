from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone

from anwei.core.actor import Actor
from anwei.core.ids import uuid7
from anwei.core.operation import unchanged
from anwei.foundation.accounts.queries import system_actor
from anwei.inventory.demands.models import Demand
from anwei.inventory.demands.operations import ask, cancel, meet, serve
from anwei.inventory.parts.models import Part
from anwei.inventory.stock.models import Place
from tests.trail.factory import deed


@deed
def asking(*, actor: Actor, given: dict[str, Any]) -> Demand:
    return ask(**given)


@deed
def serving(*, actor: Actor, part: Part, place: Place) -> list[Demand]:
    unchanged()
    return serve(part=part, place=place, at=timezone.now())


@deed
def cancelling(*, actor: Actor, demand: Demand) -> None:
    unchanged()
    cancel(demand, at=timezone.now())


@deed
def meeting(*, actor: Actor, demand: Demand) -> None:
    unchanged()
    meet(demand, at=timezone.now())


def make_demand(part: Part, place: Place, quantity: int = 1, *, label: str = "SH-2611-0001", **changed: Any) -> Demand:
    """Ask for pieces within a deed, as an order does."""
    cause: UUID = changed.pop("cause_id", None) or uuid7()
    given = {
        "part": part, "place": place, "quantity": Decimal(quantity), "label": label, "cause": "tests.Request", "cause_id": cause,
        "at": timezone.now(),
    }  # fmt: skip
    made: Demand = asking(actor=system_actor("test"), given=given | changed)
    return made
