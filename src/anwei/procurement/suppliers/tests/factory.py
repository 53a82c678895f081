from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.organisations.operations import register as register_body
from anwei.inventory.parts.models import Part
from anwei.procurement.suppliers.models import Licence, PriceAgreement, Supplier
from anwei.procurement.suppliers.operations import admit, agree_price, file_licence


def make_supplier(name: str = "Medparts", *, licensed: bool = True, **terms: Any) -> Supplier:
    """Admit a supplier, with a licence for a year unless told otherwise."""
    system = system_actor("test")
    body = register_body(actor=system, name=name, roles=["supplier"])
    supplier = admit(actor=system, organisation=body, **({"email": "sales@example.org"} | terms))
    if licensed:
        make_licence(supplier)
    return supplier


def make_licence(supplier: Supplier, kind: str = "licence", *, days: int = 365, **changed: Any) -> Licence:
    """File a paper, two years ago, that ends in so many days from today; a negative number makes one that has ended."""
    now = timezone.now()
    given: dict[str, Any] = {
        "number": f"{kind}-{Licence.objects.count() + 1}", "valid_until": timezone.localdate() + timedelta(days=days),
        "at": now - timedelta(days=730),
    }  # fmt: skip
    return file_licence(actor=system_actor("test"), supplier=supplier, kind=Licence.Kind(kind), **(given | changed))


def make_price(supplier: Supplier, part: Part, price: str = "100", lead_days: int = 7, **changed: Any) -> PriceAgreement:
    """Agree a price, valid since yesterday."""
    given: dict[str, Any] = {
        "price": Decimal(price), "tax_rate": Decimal("0.13"), "valid_from": timezone.localdate() - timedelta(days=1),
        "lead_days": lead_days,
    }  # fmt: skip
    return agree_price(actor=system_actor("test"), supplier=supplier, part=part, **(given | changed))
