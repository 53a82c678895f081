from django.db import models
from django.db.models import Q

from anwei.core.actor import Actor
from anwei.core.tables import AmountField, QuantityField, Rows, Table
from anwei.foundation.accounts.models import User
from anwei.foundation.organisations.models import Organisation
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.visits.models import PartUse


class SettlementRows(Rows["Settlement"]):
    def visible_to(self, actor: Actor) -> "SettlementRows":
        """Those of the orders that the actor sees, for our own people only: who pays is between us and each payer."""
        if actor.everywhere or actor.side == "system":
            return self
        return self.filter(order__in=WorkOrder.objects.visible_to(actor)) if actor.side == "ours" else self.none()


class Settlement(Table):
    """Who pays what for an order: proposed by rule, line by line, then confirmed."""

    class State(models.TextChoices):
        PROPOSED = "proposed"
        CONFIRMED = "confirmed"

    order = models.OneToOneField(WorkOrder, models.PROTECT, related_name="settlement")
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    currency = models.CharField(max_length=3, default="CNY")
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    objects = SettlementRows.as_manager()


class SettlementSettlementLineRows(Rows["SettlementLine"]):
    def visible_to(self, actor: Actor) -> "SettlementSettlementLineRows":
        """Those of the settlements that the actor sees."""
        return self.filter(settlement__in=Settlement.objects.visible_to(actor))


class SettlementLine(Table):
    """One thing that costs: labour, travel or a part, with its payer and the reason. An open payer is visible, never free."""

    class Kind(models.TextChoices):
        LABOUR = "labour"
        TRAVEL = "travel"
        PART = "part"

    class Payer(models.TextChoices):
        HOSPITAL = "hospital"
        CONTRACT = "contract"
        MAKER = "maker"
        DISTRIBUTOR = "distributor"
        OURS = "ours"
        OPEN = "open"

    settlement = models.ForeignKey(Settlement, models.PROTECT, related_name="lines")
    kind = models.CharField(max_length=8, choices=Kind)
    text_zh = models.CharField(max_length=200)
    text_en = models.CharField(max_length=200)
    quantity = QuantityField()
    unit = models.CharField(max_length=12)
    unit_price = AmountField()
    net = AmountField()
    tax_rate = models.DecimalField(max_digits=5, decimal_places=4)
    tax = AmountField()
    gross = AmountField()
    currency = models.CharField(max_length=3, default="CNY")
    payer = models.CharField(max_length=12, choices=Payer)
    payer_body = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=60)  # key of the rule that chose the payer
    reason_note = models.CharField(max_length=300, blank=True)  # what the clerk wrote who chose another
    part_use = models.OneToOneField(PartUse, models.PROTECT, null=True, related_name="+")

    objects = SettlementSettlementLineRows.as_manager()
    internal = ("reason_note",)  # stays with us when the line is billed

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(gross=models.F("net") + models.F("tax")), name="gross_is_net_and_tax")]
