from django.db import models
from django.db.models import Q

from anwei.core.actor import Actor
from anwei.core.tables import Rows, Table
from anwei.equipment.devices.models import Device
from anwei.foundation.accounts.models import User
from anwei.foundation.files.models import StoredFile
from anwei.workorders.orders.models import WorkOrder


class ReleaseRows(Rows["Release"]):
    def visible_to(self, actor: Actor) -> "ReleaseRows":
        """Those of the orders that the actor sees."""
        return self.filter(order__in=WorkOrder.objects.visible_to(actor))


class Release(Table):
    """The decision that a device may, or may not, go back to clinical use; never the repairer's (Order 739, article 52)."""

    class Verdict(models.TextChoices):
        RELEASED = "released"
        REFUSED = "refused"

    order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="releases")
    device = models.ForeignKey(Device, models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=10, choices=Verdict)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    evidence = models.JSONField(default=dict)  # the tests it rests on, as they stood

    objects = ReleaseRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order"], condition=Q(verdict="released"), name="released_once")]


class ReportRows(Rows["Report"]):
    def visible_to(self, actor: Actor) -> "ReportRows":
        """Those of the orders that the actor sees."""
        return self.filter(order__in=WorkOrder.objects.visible_to(actor))


class Report(Table):
    """A service report as it was delivered: the paper, and the digest of its data by which anybody can verify it."""

    order = models.ForeignKey(WorkOrder, models.PROTECT, related_name="reports")
    number = models.CharField(max_length=28, unique=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    objects = ReportRows.as_manager()

    def __str__(self) -> str:
        return self.number
