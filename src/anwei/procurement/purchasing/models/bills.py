from django.db import models
from django.db.models import F, Q

from anwei.core.actor import Actor
from anwei.core.tables import AmountField, QuantityField, Rows, Table
from anwei.foundation.branches.models import Branch
from anwei.foundation.definitions.models import Version
from anwei.foundation.files.models import StoredFile
from anwei.foundation.ledger.models import Entry
from anwei.procurement.purchasing.models.orders import OrderLine
from anwei.procurement.suppliers.models import RateField, Supplier


class SupplierInvoiceRows(Rows["SupplierInvoice"]):
    def visible_to(self, actor: Actor) -> "SupplierInvoiceRows":
        """By branch; who sees everywhere sees all."""
        if actor.everywhere or actor.side == "system":
            return self
        return self.filter(branch__in=actor.ids("branch"))


class SupplierInvoice(Table):
    """An invoice that a supplier sent us: matched with orders and receipts, then posted as payable; never edited."""

    class State(models.TextChoices):
        DIFFERS = "differs"  # waits for a second person, or goes back
        POSTED = "posted"
        SENT_BACK = "sent_back"

    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="invoices")
    branch = models.ForeignKey(Branch, models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    issued_on = models.DateField()
    due_on = models.DateField()
    currency = models.CharField(max_length=3, default="CNY")
    net = AmountField()
    tax = AmountField()
    gross = AmountField()
    state = models.CharField(max_length=10, choices=State)
    differences = models.JSONField(default=list)  # {kind, name, expected, billed}, as found when it was matched
    rules = models.ForeignKey(Version, models.PROTECT, related_name="+")  # by which it was matched
    note = models.CharField(max_length=300, blank=True)
    entry = models.OneToOneField(Entry, models.PROTECT, null=True, related_name="+")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")

    objects = SupplierInvoiceRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["supplier", "number"], condition=~Q(state="sent_back"), name="supplier_invoice_once"),
            models.CheckConstraint(condition=Q(gross=F("net") + F("tax")), name="supplier_invoice_adds_up"),
        ]
        indexes = [models.Index(fields=["state", "issued_on"], name="supplier_invoice_state")]

    def __str__(self) -> str:
        return self.number


class SupplierInvoiceLineRows(Rows["SupplierInvoiceLine"]):
    def visible_to(self, actor: Actor) -> "SupplierInvoiceLineRows":
        """Those of the invoices that the actor sees."""
        return self.filter(invoice__in=SupplierInvoice.objects.visible_to(actor))


class SupplierInvoiceLine(Table):
    """What a supplier bills for an order line, and what of the goods received it clears."""

    invoice = models.ForeignKey(SupplierInvoice, models.PROTECT, related_name="lines")
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="bills")
    quantity = QuantityField()
    unit_price = AmountField()
    tax_rate = RateField()
    net = AmountField()
    cleared = AmountField(default=0)  # taken off goods received and not invoiced

    objects = SupplierInvoiceLineRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["invoice", "line"], name="order_line_once_an_invoice"),
            models.CheckConstraint(condition=Q(quantity__gt=0, unit_price__gte=0), name="supplier_invoice_line_is_sound"),
        ]
