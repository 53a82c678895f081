from django.db import models
from django.db.models import F, Q

from anwei.core.actor import Actor
from anwei.core.tables import AmountField, QuantityField, Rows, Table
from anwei.foundation.definitions.models import Version
from anwei.foundation.ledger.models import Entry
from anwei.inventory.parts.models import Part
from anwei.inventory.stock.models.places import Condition, Place


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
    held = QuantityField(default=0)  # of the quantity, what reservations keep for somebody
    is_outside = models.BooleanField(default=False)

    objects = BalanceRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["part", "place", "lot", "serial", "owner", "condition"], nulls_distinct=False, name="one_balance_per_key"
            ),
            models.CheckConstraint(condition=Q(quantity__gte=0) | Q(is_outside=True), name="balance_not_negative"),
            models.CheckConstraint(condition=Q(held__gte=0) & (Q(held__lte=F("quantity")) | Q(held=0)), name="held_is_there"),
            models.CheckConstraint(condition=~Q(quantity=0) | Q(value=0) | Q(is_outside=True), name="nothing_is_worth_nothing"),
            # a serial is one piece, in one place at a time
            models.CheckConstraint(condition=Q(serial="") | Q(quantity__lte=1) | Q(is_outside=True), name="serial_is_one_piece"),
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
    kind = models.CharField(max_length=30, blank=True)  # key of the move in the stock flow; "reverse": takes another back; empty: older
    flow = models.ForeignKey(Version, models.PROTECT, null=True, related_name="+")  # the stock flow by which it was allowed
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


class Expiry(Table):
    """Until when pieces of a lot, or one with a serial number, may be used; the day itself included."""

    part = models.ForeignKey(Part, models.PROTECT, related_name="+")
    lot = models.CharField(max_length=60, blank=True)
    serial = models.CharField(max_length=60, blank=True)
    expires_on = models.DateField(db_index=True)

    objects = Rows["Expiry"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["part", "lot", "serial"], name="one_expiry_per_lot")]


class ReservationRows(Rows["Reservation"]):
    def visible_to(self, actor: Actor) -> "ReservationRows":
        """What is kept at the places that may be seen."""
        if actor.everywhere or actor.side == "system":
            return self
        return self.filter(place__in=Place.objects.visible_to(actor))

    def held(self) -> "ReservationRows":
        """Return those that still keep something."""
        return self.filter(state=Reservation.State.HELD)


class Reservation(Table):
    """Good pieces of one balance that are kept for a cause, such as a part request of an order, until it takes or releases them."""

    class State(models.TextChoices):
        HELD = "held"
        USED = "used"
        RELEASED = "released"

    part = models.ForeignKey(Part, models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    lot = models.CharField(max_length=60, blank=True)
    serial = models.CharField(max_length=60, blank=True)
    quantity = QuantityField()
    cause = models.CharField(max_length=60)  # "visits.PartRequest"
    cause_id = models.UUIDField()
    label = models.CharField(max_length=60)  # what people call the cause: the number of an order
    state = models.CharField(max_length=10, choices=State, default=State.HELD)

    objects = ReservationRows.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="reservation_has_quantity"),
            models.UniqueConstraint(
                fields=["part", "place", "lot", "serial", "cause", "cause_id"], condition=Q(state="held"), name="one_hold_per_cause"
            ),
        ]
        indexes = [
            models.Index(fields=["cause_id"], name="reservation_cause"),
            models.Index(fields=["place", "part"], name="reservation_place"),
        ]
