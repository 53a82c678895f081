from django.db import models

from anwei.core.tables import Rows, Table
from anwei.foundation.accounts.models import User


class Proposal(Table):
    """A stored operation call that waits for another person: performed as the proposer, approved by somebody else."""

    class State(models.TextChoices):
        OPEN = "open"
        PERFORMED = "performed"
        DECLINED = "declined"
        OVERTAKEN = "overtaken"  # the record moved meanwhile

    verb = models.CharField(max_length=80)
    payload = models.JSONField()
    subject = models.CharField(max_length=120, db_index=True)
    seen_at = models.DateTimeField(null=True)  # `changed_at` of the record when it was proposed
    proposer = models.ForeignKey(User, models.PROTECT, related_name="+")
    reason = models.TextField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)

    objects = Rows["Proposal"].as_manager()
