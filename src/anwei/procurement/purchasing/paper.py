"""The purchase order as paper."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from anwei.foundation.files.models import StoredFile
from anwei.foundation.files.operations import keep
from anwei.foundation.files.paper.documents import Bilingual, Company, PurchaseDocument, PurchaseLine
from anwei.foundation.files.paper.purchase_order import purchase_order
from anwei.procurement.purchasing.models import OrderLine, PurchaseOrder
from anwei.procurement.purchasing.rules import amounts

UNITS = {"pcs": Bilingual("件", "pcs")}


def keep_paper(order: PurchaseOrder, lines: Iterable[OrderLine], at: datetime) -> StoredFile:
    """Set an order on paper and keep it within the running deed: it is what the supplier got."""
    body, branch = order.supplier.organisation, order.branch
    document = PurchaseDocument(
        number=order.number,
        ordered_at=at,
        buyer=Company(name=Bilingual(branch.name_zh, branch.name_en), address=branch.address, phone=branch.phone),
        supplier=Company(
            name=Bilingual(body.name, body.name_en or body.name), address=body.address, tax_number=body.tax_number,
            phone=order.supplier.phone or str(next(iter(body.phones), "")),
        ),
        lines=tuple(_line(line) for line in lines),
        deliver_to=f"{order.place.name} {branch.address}".strip(),
        contact=order.made_by.name if order.made_by else "",
        wanted_on=timezone.localdate(order.needed_by) if order.needed_by else None,
        currency=order.currency,
    )  # fmt: skip
    return keep(purchase_order(document), kind=StoredFile.Kind.DOCUMENT, name=f"{order.number}.pdf", media_type="application/pdf")


def _line(line: OrderLine) -> PurchaseLine:
    net, tax = amounts(line.quantity, line.unit_price, line.tax_rate)
    return PurchaseLine(
        number=line.part.number, description=Bilingual(line.part.name_zh, line.part.name_en), quantity=line.quantity,
        unit=UNITS.get(line.part.unit, line.part.unit), unit_price=line.unit_price, tax_rate=line.tax_rate * 100, net=net, tax=tax,
    )  # fmt: skip
