from django.db import models
from django.db.models import Q

from anwei.core.actor import Actor
from anwei.core.tables import QuantityField, Rows, Table
from anwei.foundation.branches.models import Branch
from anwei.inventory.parts.models import Part
from anwei.inventory.stock.models import Place


class DemandRows(Rows["Demand"]):
    def visible_to(self, actor: Actor) -> "DemandRows":
        """Who sees everywhere sees all; others those of their branches, of places granted by name and of an engineer's own van."""
        if actor.everywhere or actor.side == "system":
            return self
        own = Place.objects.visible_to(actor).filter(kind=Place.Kind.VAN)
        return self.filter(Q(branch__in=actor.ids("branch")) | Q(place__in=actor.ids("place")) | Q(place__in=own))

    def waiting(self) -> "DemandRows":
        """Those that have no pieces yet."""
        return self.filter(state__in=Demand.WAITING)


class Demand(Table):
    """So many pieces of a part are wanted at a place, for a cause such as the part request of an order."""

    class State(models.TextChoices):
        SHORT = "short"  # nothing is free, nothing is ordered
        ORDERED = "ordered"  # stands on a purchase order
        RESERVED = "reserved"  # pieces are kept for it at `held_at`
        ISSUED = "issued"  # they are at the place where they are wanted
        MET = "met"
        CANCELLED = "cancelled"

    class Urgency(models.IntegerChoices):
        """Why it is wanted: the lower, the sooner."""

        DEVICE_DOWN = 1
        ORDER = 2
        STOCK = 3

    WAITING = (State.SHORT, State.ORDERED)
    OVER = (State.MET, State.CANCELLED)

    part = models.ForeignKey(Part, models.PROTECT, related_name="+")
    quantity = QuantityField()
    branch = models.ForeignKey(Branch, models.PROTECT, null=True, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")  # where it must arrive
    held_at = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")  # where pieces are kept for it
    cause = models.CharField(max_length=60)  # "visits.PartRequest"; "stock": for the store itself
    cause_id = models.UUIDField(db_index=True)
    label = models.CharField(max_length=60, blank=True)  # what people call the cause: the number of an order
    needed_by = models.DateTimeField(null=True)
    urgency = models.PositiveSmallIntegerField(choices=Urgency, default=Urgency.ORDER)
    state = models.CharField(max_length=10, choices=State, default=State.SHORT)
    asked_at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)

    objects = DemandRows.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(quantity__gt=0), name="demand_has_quantity")]
        indexes = [
            models.Index(fields=["state", "urgency", "needed_by", "id"], name="demand_waiting"),
            models.Index(fields=["part", "branch", "state"], name="demand_part"),
            models.Index(fields=["place", "state"], name="demand_place"),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.part.number}".strip()

    @property
    def for_stock(self) -> bool:
        """Say whether it is for the store itself, not for somebody's order."""
        return self.cause == STOCK


STOCK = "stock"
