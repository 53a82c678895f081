from decimal import Decimal

from anwei.core.actor import Actor
from anwei.core.operation import operation, record
from anwei.inventory.parts.errors import PartExists
from anwei.inventory.parts.models import Part
from anwei.inventory.parts.permissions import KEEP_PARTS


@operation("parts.register", right=KEEP_PARTS)
def register(
    *, actor: Actor, number: str, name_zh: str, name_en: str, group: str = "", kind: str = "spare", tracking: str = "none",
    unit: str = "pcs", price: Decimal = Decimal(0), cost: Decimal = Decimal(0), core_return: bool = False,
    categories: list[str] | None = None,
) -> Part:  # fmt: skip
    """Add a part to the parts list.

    :raises PartExists: the number is taken
    """
    if Part.objects.filter(number=number).exists():
        raise PartExists(number=number)
    part = Part(
        number=number, name_zh=name_zh, name_en=name_en, group=group, kind=kind, tracking=tracking, unit=unit, price=price, cost=cost,
        core_return=core_return, categories=categories or [],
    )  # fmt: skip
    part.save(force_insert=True)
    record(part, "parts.registered")
    return part
