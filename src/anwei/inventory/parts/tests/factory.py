from decimal import Decimal
from itertools import count

from anwei.foundation.accounts.queries import system_actor
from anwei.inventory.parts.models import Part
from anwei.inventory.parts.operations import register

_numbers = count(1)


def make_part(**changed: object) -> Part:
    """Register a part that costs 100."""
    number = f"P-{next(_numbers):04d}"
    given: dict[str, object] = {
        "number": number,
        "name_zh": "流量传感器",
        "name_en": "Flow sensor",
        "price": Decimal(180),
        "cost": Decimal(100),
    }
    return register(actor=system_actor("test"), **(given | changed))  # type: ignore[arg-type]
