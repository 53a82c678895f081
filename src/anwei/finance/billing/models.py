from django.db import models
from django.db.models import F, Q

from anwei.core.actor import Actor
from anwei.core.tables import AmountField, Rows, Table
from anwei.finance.settlement.models import Settlement, SettlementLine
from anwei.foundation.branches.models import Branch
from anwei.foundation.files.models import StoredFile
from anwei.foundation.ledger.models import Entry
from anwei.foundation.organisations.models import Organisation


class InvoiceSeries(Table):
    """The last invoice number of a branch and year: gapless, taken as the last step before commit."""

    branch = models.ForeignKey(Branch, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    objects = Rows["InvoiceSeries"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["branch", "year"], name="one_invoice_series")]


class InvoiceRows(Rows["Invoice"]):
    def visible_to(self, actor: Actor) -> "InvoiceRows":
        """By branch, or one's own as the buyer."""
        if actor.everywhere or actor.side == "system":
            return self
        mine = Q(buyer__in=actor.ids("hospital") | actor.ids("distributor"))
        return self.filter(mine | Q(branch__in=actor.ids("branch"))) if actor.side == "ours" else self.filter(mine)


class Invoice(Table):
    """An issued invoice; corrected by a credit note, never edited."""

    number = models.CharField(max_length=24, unique=True)
    branch = models.ForeignKey(Branch, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    buyer = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    settlement = models.ForeignKey(Settlement, models.PROTECT, related_name="invoices")
    issued_on = models.DateField()
    net = AmountField()
    tax = AmountField()
    gross = AmountField()
    currency = models.CharField(max_length=3, default="CNY")
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")

    objects = InvoiceRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["branch", "year", "serial"], name="invoice_serial_once"),
            models.UniqueConstraint(fields=["settlement", "buyer"], name="one_invoice_per_payer"),
            models.CheckConstraint(condition=Q(gross=F("net") + F("tax")), name="invoice_adds_up"),
        ]

    def __str__(self) -> str:
        return self.number


class InvoiceInvoiceLineRows(Rows["InvoiceLine"]):
    def visible_to(self, actor: Actor) -> "InvoiceInvoiceLineRows":
        """Those of the invoices that the actor sees."""
        return self.filter(invoice__in=Invoice.objects.visible_to(actor))


class InvoiceLine(Table):
    """A settled line on an invoice; each is billed once."""

    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="lines")
    settled = models.OneToOneField(SettlementLine, models.PROTECT, related_name="+")

    objects = InvoiceInvoiceLineRows.as_manager()


class PaymentRows(Rows["Payment"]):
    def visible_to(self, actor: Actor) -> "PaymentRows":
        """Those of the invoices that the actor sees."""
        return self.filter(invoice__in=Invoice.objects.visible_to(actor))


class Payment(Table):
    """Money received for an invoice."""

    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="payments")
    amount = AmountField()
    currency = models.CharField(max_length=3, default="CNY")
    at = models.DateTimeField()
    method = models.CharField(max_length=20)
    reference = models.CharField(max_length=60)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+")

    objects = PaymentRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_has_amount"),
            models.UniqueConstraint(fields=["invoice", "reference"], name="payment_once"),
        ]
