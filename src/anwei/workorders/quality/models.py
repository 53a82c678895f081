from django.db import models
from django.db.models import Q

from anwei.core.tables import Rows, Table
from anwei.equipment.devices.models import Device
from anwei.foundation.accounts.models import User
from anwei.workorders.orders.models import WorkOrder


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

    objects = Rows["Release"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order"], condition=Q(verdict="released"), name="released_once")]
