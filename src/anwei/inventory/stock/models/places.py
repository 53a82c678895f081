from typing import Self

from django.db import models
from django.db.models import Q, QuerySet

from anwei.core.actor import Actor
from anwei.core.tables import Rows, Table
from anwei.foundation.branches.models import Branch
from anwei.foundation.staff.models import Engineer


class Condition(models.TextChoices):
    """What state a piece is in."""

    GOOD = "good"
    USED = "used"
    DEFECTIVE = "defective"


class PlaceRows(Rows["Place"]):
    def visible_to(self, actor: Actor) -> Self:
        """Who sees everywhere sees all; others the places of their branches, those granted by name, and an engineer the own van."""
        if actor.everywhere or actor.side == "system":
            return self
        granted = Q(branch__in=actor.ids("branch")) | Q(pk__in=actor.ids("place")) | Q(record__in=actor.ids("device"))
        own = Engineer.objects.filter(user_id__in=[actor.id]).values("pk")
        return self.filter(granted | Q(kind=Place.Kind.VAN, record__in=own))


class Place(Table):
    """Where pieces can be. `record` names what it stands for; a bin lies in its `parent` store. `rules.OUTSIDE` says which are not ours."""

    class Kind(models.TextChoices):
        STORE = "store"
        BIN = "bin"  # parent = store
        VAN = "van"  # record = engineer
        QUARANTINE = "quarantine"  # waits for its check; record = branch
        DEFECTIVE = "defective"  # found bad; record = branch
        TRANSIT = "transit"  # sent and not yet received; record = branch
        MAKER = "maker"  # at the maker for repair
        DEPOT = "depot"  # at a hospital, ours
        DEALER_CONSIGNED = "dealer_consigned"  # at a distributor, ours
        DEALER_OWN = "dealer_own"
        FITTED = "fitted"  # record = device
        SUPPLIER = "supplier"
        SCRAP = "scrap"
        ADJUSTMENT = "adjustment"  # the other side of what a count found

    kind = models.CharField(max_length=20, choices=Kind)
    name = models.CharField(max_length=100)
    branch = models.ForeignKey(Branch, models.PROTECT, null=True, related_name="+")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="bins")
    record = models.UUIDField(null=True)
    # outside places stand for the world beyond our books: their balance may be negative
    is_outside = models.BooleanField(default=False)

    objects = PlaceRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "record"], condition=~Q(record=None), name="one_place_per_record"),
            models.UniqueConstraint(fields=["parent", "name"], name="bin_name_once"),
            models.CheckConstraint(
                condition=Q(kind="bin", parent__isnull=False) | ~Q(kind="bin") & Q(parent=None), name="bins_have_a_store"
            ),
        ]
        indexes = [models.Index(fields=["branch", "kind"], name="place_branch_kind")]

    def __str__(self) -> str:
        return self.name


def within(place: Place) -> "QuerySet[Place]":
    """Return a place with the bins that lie in it."""
    return Place.objects.filter(Q(pk=place.pk) | Q(parent=place.pk))
