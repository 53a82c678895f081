"""What is written to suppliers."""

from datetime import datetime

from anwei.procurement.purchasing.models import PurchaseOrder


def mail_order(order: PurchaseOrder, *, at: datetime) -> None:
    """Mail an order with its paper to the supplier within the running deed."""


def mail_chase(order: PurchaseOrder, *, note: str, at: datetime) -> None:
    """Ask the supplier by mail when an order comes, within the running deed."""
