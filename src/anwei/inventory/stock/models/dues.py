from django.db import models
from django.db.models import Q

from anwei.core.actor import Actor
from anwei.core.tables import QuantityField, Rows, Table
from anwei.inventory.parts.models import Part
from anwei.inventory.stock.models.pieces import Move
from anwei.inventory.stock.models.places import Condition, Place


class DueRows(Rows["Due"]):
    def visible_to(self, actor: Actor) -> "DueRows":
        """What is owed by, or lies at, the places that may be seen."""
        if actor.everywhere or actor.side == "system":
            return self
        places = Place.objects.visible_to(actor)
        return self.filter(Q(place__in=places) | Q(holder__in=places))

    def unsettled(self) -> "DueRows":
        """Return those whose fate is open."""
        return self.exclude(state=Due.State.SETTLED)


class Due(Table):
    """A piece that somebody has to bring back: an old part out of a device, or one that was issued and not used.

    `holder` is the van of who owes it, `place` where it lies now, `rule` the key of a return rule of the domain's parts.
    """

    class State(models.TextChoices):
        NOT_CLEAN = "not_clean"  # lies at the hospital until it is decontaminated: neither in the van nor in the post
        OPEN = "open"
        BACK = "back"  # handed in, waits for its check
        SETTLED = "settled"

    class Fate(models.TextChoices):
        GOOD = "good"
        DEFECTIVE = "defective"
        MAKER = "maker"
        SCRAPPED = "scrapped"
        LEFT = "left"  # stays with the hospital
        RETURNED = "returned"  # unused, back in the store
        USED = "used"

    part = models.ForeignKey(Part, models.PROTECT, related_name="+")
    holder = models.ForeignKey(Place, models.PROTECT, related_name="dues")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    lot = models.CharField(max_length=60, blank=True)
    serial = models.CharField(max_length=60, blank=True)
    condition = models.CharField(max_length=10, choices=Condition)
    quantity = QuantityField()
    rule = models.CharField(max_length=20)
    due_on = models.DateField()
    holds_data = models.BooleanField(default=False)  # patient data that are not wiped yet
    label = models.CharField(max_length=60, blank=True)  # what people call the cause: the number of an order
    cause = models.CharField(max_length=60)  # "visits.PartUse"
    cause_id = models.UUIDField()
    move = models.ForeignKey(Move, models.PROTECT, null=True, related_name="+")  # by which it came into the van
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    fate = models.CharField(max_length=10, choices=Fate, blank=True)
    witness = models.CharField(max_length=100, blank=True)  # who saw that the data were wiped or the piece destroyed
    note = models.CharField(max_length=500, blank=True)
    settled_at = models.DateTimeField(null=True)

    objects = DueRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cause", "cause_id", "rule"], name="old_part_owed_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="due_has_quantity"),
        ]
        indexes = [
            models.Index(fields=["holder", "state", "due_on"], name="due_holder"),
            models.Index(fields=["place"], name="due_place"),
        ]

    def __str__(self) -> str:
        return f"{self.part.number} {self.serial}".strip()
