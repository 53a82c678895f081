"""What people from outside may read of invoices: those made out to them, with lines and payments."""

from anwei.core.wall import Walled
from anwei.finance.billing.models import Invoice, InvoiceLine, Payment

OF_INVOICE = "exists (select from billing_invoice i where i.id = invoice_id)"
WALLED = [
    Walled(Invoice, "buyer_id = {hospital} or buyer_id = {distributor}", names=("settlement", "file")),
    Walled(InvoiceLine, OF_INVOICE, names=("settled",)),
    Walled(Payment, OF_INVOICE),
]
