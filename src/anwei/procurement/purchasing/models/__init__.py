"""Orders with their lines, receipts with their inspections, suppliers' invoices."""

from anwei.procurement.purchasing.models.bills import SupplierInvoice, SupplierInvoiceLine
from anwei.procurement.purchasing.models.orders import Chase, LineDemand, OrderLine, PurchaseOrder
from anwei.procurement.purchasing.models.receipts import Inspection, InspectionPhoto, Receipt, ReceiptLine

__all__ = [
    "Chase", "Inspection", "InspectionPhoto", "LineDemand", "OrderLine", "PurchaseOrder", "Receipt", "ReceiptLine", "SupplierInvoice",
    "SupplierInvoiceLine",
]  # fmt: skip
