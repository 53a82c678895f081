from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import Q

from anwei.core.actor import Actor
from anwei.core.tables import AmountField, M, QuantityField, Rows, Table
from anwei.foundation.accounts.models import User
from anwei.foundation.branches.models import Branch
from anwei.foundation.definitions.models import Version
from anwei.foundation.files.models import StoredFile
from anwei.inventory.demands.models import Demand
from anwei.inventory.parts.models import Part
from anwei.inventory.stock.models import Place
from anwei.procurement.purchasing.rules import LineState
from anwei.procurement.suppliers.models import RateField, Supplier


class PurchaseOrderRows(Rows["PurchaseOrder"]):
    def visible_to(self, actor: Actor) -> "PurchaseOrderRows":
        """By branch; who sees everywhere sees all."""
        if actor.everywhere or actor.side == "system":
            return self
        return self.filter(branch__in=actor.ids("branch"))

    def open(self) -> "PurchaseOrderRows":
        """Those from which something may still come."""
        return self.filter(state__in=PurchaseOrder.OPEN)


class PurchaseOrder(Table):
    """What we order from one supplier for one branch."""

    class State(models.TextChoices):
        DRAFT = "draft"  # above the limit: a second person decides
        APPROVED = "approved"
        SENT = "sent"
        PART_RECEIVED = "part_received"
        RECEIVED = "received"
        CLOSED = "closed"  # what is missing comes no more
        CANCELLED = "cancelled"

    UNSENT = (State.DRAFT, State.APPROVED)
    COMING = (State.SENT, State.PART_RECEIVED)
    OPEN = (*UNSENT, *COMING)

    number = models.CharField(max_length=24, unique=True)
    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="orders")
    branch = models.ForeignKey(Branch, models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")  # the store it is for
    state = models.CharField(max_length=14, choices=State, default=State.DRAFT)
    currency = models.CharField(max_length=3, default="CNY")
    net = AmountField(default=0)
    tax = AmountField(default=0)
    rules = models.ForeignKey(Version, models.PROTECT, related_name="+")  # by which it was judged
    tolerance = models.DecimalField(max_digits=5, decimal_places=2, default=0)  # percent that may come in above what was ordered
    needed_by = models.DateTimeField(null=True)  # the soonest of its demands
    promised_on = models.DateField(null=True)  # the supplier's word
    expected_on = models.DateField(null=True)  # by the agreed lead time
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    chased_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=300, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")

    objects = PurchaseOrderRows.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "needed_by", "id"], name="purchase_order_state"),
            models.Index(fields=["branch", "state"], name="purchase_order_branch"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def gross(self) -> Decimal:
        """What it costs with tax."""
        gross: Decimal = self.net + self.tax
        return gross


class OfOrder(Rows[M]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of the orders that the actor sees."""
        return self.filter(order__in=PurchaseOrder.objects.visible_to(actor))


class OrderLine(Table):
    """So many pieces of a part at a price, with how many came, were rejected and were invoiced."""

    order = models.ForeignKey(PurchaseOrder, models.PROTECT, related_name="lines")
    part = models.ForeignKey(Part, models.PROTECT, related_name="+")
    quantity = QuantityField()
    unit_price = AmountField()
    tax_rate = RateField()
    needed_by = models.DateTimeField(null=True)
    received = QuantityField(default=0)
    accepted = QuantityField(default=0)
    rejected = QuantityField(default=0)
    invoiced = QuantityField(default=0)

    objects = OfOrder["OrderLine"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order", "part"], name="part_once_an_order"),
            models.CheckConstraint(
                condition=Q(quantity__gt=0, unit_price__gte=0, tax_rate__gte=0, tax_rate__lt=1), name="order_line_is_sound"
            ),
            models.CheckConstraint(
                condition=Q(received__gte=models.F("accepted") + models.F("rejected"), accepted__gte=0, rejected__gte=0, invoiced__gte=0),
                name="inspected_was_received",
            ),
        ]

    @property
    def progress(self) -> LineState:
        """How far it is."""
        return LineState(self.quantity, self.received, self.rejected)


class LineDemandRows(Rows["LineDemand"]):
    def visible_to(self, actor: Actor) -> "LineDemandRows":
        """Those of the orders that the actor sees."""
        return self.filter(line__order__in=PurchaseOrder.objects.visible_to(actor))


class LineDemand(Table):
    """A demand for which an order line was made."""

    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="serves")
    demand = models.ForeignKey(Demand, models.PROTECT, related_name="+")

    objects = LineDemandRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["line", "demand"], name="demand_once_a_line")]


class Chase(Table):
    """Somebody asked the supplier where an order is, or heard when it comes."""

    order = models.ForeignKey(PurchaseOrder, models.PROTECT, related_name="chases")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    promised_on = models.DateField(null=True)  # none: only asked

    objects = OfOrder["Chase"].as_manager()
