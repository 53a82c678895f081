"""The invoice as paper."""

from collections.abc import Iterable
from datetime import datetime

from anwei.finance.billing.models import Invoice
from anwei.finance.settlement.models import SettlementLine
from anwei.foundation.branches.models import Branch
from anwei.foundation.files.models import StoredFile
from anwei.foundation.files.operations import keep
from anwei.foundation.files.paper.documents import Bilingual, Company, InvoiceDocument, InvoiceLine
from anwei.foundation.files.paper.invoice import invoice as set_invoice
from anwei.foundation.organisations.models import Organisation

UNITS = {"h": Bilingual("小时", "h"), "visit": Bilingual("次", "visit"), "pcs": Bilingual("件", "pcs")}


def keep_paper(made: Invoice, lines: Iterable[SettlementLine], at: datetime) -> StoredFile:
    """Set an invoice on paper and keep it within the running deed: it is never set anew."""
    document = InvoiceDocument(
        number=made.number,
        issued_at=at,
        seller=_seller(made.branch),
        buyer=_buyer(made.buyer),
        lines=tuple(_line(line) for line in lines),
        currency=made.currency,
        order_number=made.settlement.order.number,
    )
    return keep(set_invoice(document), kind=StoredFile.Kind.DOCUMENT, name=f"{made.number}.pdf", media_type="application/pdf")


def _seller(branch: Branch) -> Company:
    return Company(name=Bilingual(branch.name_zh, branch.name_en), address=branch.address, phone=branch.phone)


def _buyer(body: Organisation) -> Company:
    return Company(
        name=Bilingual(body.name, body.name_en or body.name), address=body.address, phone=str(next(iter(body.phones), "")),
        tax_number=body.tax_number,
    )  # fmt: skip


def _line(line: SettlementLine) -> InvoiceLine:
    return InvoiceLine(
        description=Bilingual(line.text_zh, line.text_en), quantity=line.quantity, unit=UNITS.get(line.unit, line.unit),
        unit_price=line.unit_price, tax_rate=line.tax_rate * 100, net=line.net, tax=line.tax, gross=line.gross,
    )  # fmt: skip
