from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from anwei.core.actor import Actor
from anwei.core.tables import QuantityField, Rows, Table
from anwei.inventory.parts.models import Part
from anwei.inventory.stock.models.places import Condition, Place


class TransferRows(Rows["Transfer"]):
    def visible_to(self, actor: Actor) -> "TransferRows":
        """Those from or to the places that may be seen."""
        if actor.everywhere or actor.side == "system":
            return self
        places = Place.objects.visible_to(actor)
        return self.filter(Q(source__in=places) | Q(target__in=places))


class Transfer(Table):
    """Parts on their way from one place of ours to another: sent by one side, received by the other."""

    class State(models.TextChoices):
        SENT = "sent"
        SHORT = "short"  # received, but some pieces are still on the way
        RECEIVED = "received"
        CANCELLED = "cancelled"

    number = models.CharField(max_length=20, unique=True)
    source = models.ForeignKey(Place, models.PROTECT, related_name="+")
    target = models.ForeignKey(Place, models.PROTECT, related_name="+")
    transit = models.ForeignKey(Place, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.SENT)
    sender = models.CharField(max_length=100)
    receiver = models.CharField(max_length=100, blank=True)
    note = models.CharField(max_length=200, blank=True)  # courier and number of the parcel
    sent_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)

    objects = TransferRows.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(source=F("target")), name="transfer_goes_somewhere")]
        indexes = [
            models.Index(fields=["target", "state"], name="transfer_target"),
            models.Index(fields=["source", "state"], name="transfer_source"),
        ]

    def __str__(self) -> str:
        return self.number


class TransferLine(Table):
    """Pieces of one balance in a transfer, and what of them arrived: whole, damaged, or lost for good."""

    transfer = models.ForeignKey(Transfer, models.PROTECT, related_name="lines")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")  # the store or bin they were taken from
    part = models.ForeignKey(Part, models.PROTECT, related_name="+")
    lot = models.CharField(max_length=60, blank=True)
    serial = models.CharField(max_length=60, blank=True)
    condition = models.CharField(max_length=10, choices=Condition)
    quantity = QuantityField()
    received = QuantityField(default=0)
    damaged = QuantityField(default=0)
    lost = QuantityField(default=0)

    objects = Rows["TransferLine"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gt=0, received__gte=0, damaged__gte=0, lost__gte=0)
                & Q(quantity__gte=F("received") + F("damaged") + F("lost")),
                name="no_more_arrives_than_was_sent",
            )
        ]

    @property
    def open(self) -> Decimal:
        """How much is still on the way."""
        left: Decimal = self.quantity - self.received - self.damaged - self.lost
        return left
