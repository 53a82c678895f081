from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from anwei.core.ids import uuid7
from anwei.foundation.accounts.queries import system_actor
from anwei.inventory.parts.models import Part
from anwei.inventory.stock.models import Place
from anwei.inventory.stock.operations import open_place, receive


def make_place(kind: str = "store", name: str = "Store", **changed: object) -> Place:
    """Open a place."""
    return open_place(actor=system_actor("test"), kind=kind, name=name, **changed)  # type: ignore[arg-type]


def make_stock(part: Part, place: Place, quantity: int = 1, serial: str = "", lot: str = "", document: UUID | None = None) -> None:
    """Receive pieces at the part's cost."""
    supplier = Place.objects.filter(kind="supplier").first() or make_place("supplier", "Supplier")
    receive(
        actor=system_actor("test"), target=place, source=supplier, part=part, quantity=Decimal(quantity), unit_cost=part.cost,
        at=timezone.now(), serial=serial, lot=lot, document=document or uuid7(),
    )  # fmt: skip
