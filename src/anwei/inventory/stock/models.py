from django.db import models
from django.db.models import F, Q

from anwei.core.actor import Actor
from anwei.core.tables import AmountField, QuantityField, Rows, Table
from anwei.foundation.branches.models import Branch
from anwei.foundation.ledger.models import Entry
from anwei.inventory.parts.models import Part


class Condition(models.TextChoices):
    """What state a piece is in."""

    GOOD = "good"
    USED = "used"
    DEFECTIVE = "defective"


class PlaceRows(Rows["Place"]):
    def visible_to(self, actor: Actor) -> "PlaceRows":
        """Who sees everywhere sees all; others the places of their branches and those granted by name (an engineer's own van)."""
        if actor.everywhere or actor.side == "system":
            return self
        return self.filter(Q(branch__in=actor.ids("branch")) | Q(pk__in=actor.ids("place")) | Q(record__in=actor.ids("device")))


class Place(Table):
    """Where pieces can be: a store, a van, fitted on a device, at a supplier, scrapped. `record` names what it stands for."""

    class Kind(models.TextChoices):
        STORE = "store"
        VAN = "van"
        FITTED = "fitted"  # record = device
        SUPPLIER = "supplier"
        SCRAP = "scrap"
        RETURNS = "returns"
        ADJUSTMENT = "adjustment"

    kind = models.CharField(max_length=12, choices=Kind)
    name = models.CharField(max_length=100)
    branch = models.ForeignKey(Branch, models.PROTECT, null=True, related_name="+")
    record = models.UUIDField(null=True)
    # outside places stand for the world beyond our books: their balance may be negative
    is_outside = models.BooleanField(default=False)

    objects = PlaceRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "record"], condition=~Q(record=None), name="one_place_per_record")]

    def __str__(self) -> str:
        return self.name


class BalanceRows(Rows["Balance"]):
    def visible_to(self, actor: Actor) -> "BalanceRows":
        """What lies at the places that may be seen."""
        if actor.everywhere or actor.side == "system":
            return self
        return self.filter(place__in=Place.objects.visible_to(actor))


class Balance(Table):
    """How much of a part lies at a place, by lot or serial, owner and condition: the checked sum of its moves."""

    part = models.ForeignKey(Part, models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="balances")
    lot = models.CharField(max_length=60, blank=True)
    serial = models.CharField(max_length=60, blank=True)
    owner = models.UUIDField(null=True)  # none: ours; else the body it belongs to
    condition = models.CharField(max_length=10, choices=Condition, default=Condition.GOOD)
    quantity = QuantityField(default=0)
    value = AmountField(default=0)
    is_outside = models.BooleanField(default=False)

    objects = BalanceRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["part", "place", "lot", "serial", "owner", "condition"], nulls_distinct=False, name="one_balance_per_key"
            ),
            models.CheckConstraint(condition=Q(quantity__gte=0) | Q(is_outside=True), name="balance_not_negative"),
            models.CheckConstraint(condition=~Q(quantity=0) | Q(value=0) | Q(is_outside=True), name="nothing_is_worth_nothing"),
            # a serial is in one place at a time
            models.UniqueConstraint(
                fields=["part", "serial"], condition=~Q(serial="") & Q(quantity__gt=0, is_outside=False), name="serial_in_one_place"
            ),
        ]
        indexes = [models.Index(fields=["place", "part"], name="balance_place")]


class MoveRows(Rows["Move"]):
    def visible_to(self, actor: Actor) -> "MoveRows":
        """Moves from or to the places that may be seen."""
        if actor.everywhere or actor.side == "system":
            return self
        places = Place.objects.visible_to(actor)
        return self.filter(Q(source__in=places) | Q(target__in=places))


class Move(Table):
    """Pieces went from one place to another: appended, never edited; a mistake is reversed by another move."""

    part = models.ForeignKey(Part, models.PROTECT, related_name="+")
    source = models.ForeignKey(Place, models.PROTECT, related_name="+")
    target = models.ForeignKey(Place, models.PROTECT, related_name="+")
    lot = models.CharField(max_length=60, blank=True)
    serial = models.CharField(max_length=60, blank=True)
    owner = models.UUIDField(null=True)
    condition = models.CharField(max_length=10, choices=Condition, default=Condition.GOOD)  # at the source
    becomes = models.CharField(max_length=10, choices=Condition, default=Condition.GOOD)  # at the target
    quantity = QuantityField()
    value = AmountField()
    cause = models.CharField(max_length=60)  # "visits.PartUse"
    cause_id = models.UUIDField()
    posting = models.CharField(max_length=40)  # which posting of that cause
    at = models.DateTimeField()
    entry = models.OneToOneField(Entry, models.PROTECT, null=True, related_name="+")
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")

    objects = MoveRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cause", "cause_id", "posting"], name="one_move_per_posting"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="move_has_quantity"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="move_goes_somewhere"),
        ]
        indexes = [models.Index(fields=["part", "serial"], name="move_serial"), models.Index(fields=["target", "-at"], name="move_target")]
