from django.db import models
from django.db.models import Q

from anwei.core.tables import Rows, Table
from anwei.foundation.definitions.models import Version


class Clock(Table):
    """A promise that runs: from a start, for so many minutes of its calendar, until it is stopped; waiting states pause it."""

    class State(models.TextChoices):
        RUNNING = "running"
        PAUSED = "paused"
        STOPPED = "stopped"
        CANCELLED = "cancelled"

    subject = models.UUIDField()
    kind = models.CharField(max_length=20)  # "response", "onsite", "restore"
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    calendar = models.ForeignKey(Version, models.PROTECT, null=True, related_name="+")  # none: around the clock
    sla = models.ForeignKey(Version, models.PROTECT, null=True, related_name="+")
    target_minutes = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)
    pause_reason = models.CharField(max_length=200, blank=True)
    stopped_at = models.DateTimeField(null=True)
    used_minutes = models.PositiveIntegerField(null=True)  # set when stopped, in its calendar

    objects = Rows["Clock"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "kind"], condition=~Q(state="cancelled"), name="one_clock_of_a_kind")]
        indexes = [models.Index(fields=["state", "due_at"], name="clock_due")]


class Pause(Table):
    """A stretch of time that does not count; open while it lasts."""

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="pauses")
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)

    objects = Rows["Pause"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clock"], condition=Q(to_at=None), name="one_open_pause")]
