from django.db import models
from django.db.models import Q

from anwei.core.actor import Actor
from anwei.core.tables import QuantityField, Rows, Table
from anwei.inventory.parts.models import Part
from anwei.inventory.stock.models.places import Condition, Place


class CountRows(Rows["Count"]):
    def visible_to(self, actor: Actor) -> "CountRows":
        """Those of the places that may be seen."""
        if actor.everywhere or actor.side == "system":
            return self
        return self.filter(place__in=Place.objects.visible_to(actor))


class Count(Table):
    """One person counted a place without seeing what should lie there; a difference waits for a second person."""

    class State(models.TextChoices):
        AGREES = "agrees"
        DIFFERS = "differs"
        APPROVED = "approved"
        DISCARDED = "discarded"

    place = models.ForeignKey(Place, models.PROTECT, related_name="counts")
    state = models.CharField(max_length=10, choices=State)
    counter = models.CharField(max_length=100)
    counter_id = models.UUIDField(null=True)
    counted_at = models.DateTimeField()
    approver = models.CharField(max_length=100, blank=True)
    decided_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=500, blank=True)

    objects = CountRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place"], condition=Q(state="differs"), name="one_open_count_per_place")]
        indexes = [models.Index(fields=["place", "-counted_at"], name="count_place")]

    def __str__(self) -> str:
        return str(self.place)


class CountLine(Table):
    """What was counted of one balance, and what the books said at that moment."""

    count = models.ForeignKey(Count, models.PROTECT, related_name="lines")
    part = models.ForeignKey(Part, models.PROTECT, related_name="+")
    lot = models.CharField(max_length=60, blank=True)
    serial = models.CharField(max_length=60, blank=True)
    condition = models.CharField(max_length=10, choices=Condition)
    expected = QuantityField()
    counted = QuantityField()

    objects = Rows["CountLine"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["count", "part", "lot", "serial", "condition"], name="counted_once")]
