from django.db import models

from anwei.core.actor import Actor
from anwei.core.tables import Rows, Table
from anwei.foundation.accounts.models import User


class ProposalRows(Rows["Proposal"]):
    def visible_to(self, actor: Actor) -> "ProposalRows":
        """One's own; who sees everywhere sees all."""
        return self if actor.everywhere or actor.side == "system" else self.filter(proposer_id__in=[actor.id])

    def open(self) -> "ProposalRows":
        """Those that wait for a decision."""
        return self.filter(state=Proposal.State.OPEN)


class Inspection(Table):
    """One look at everything that must always hold, and what did not."""

    at = models.DateTimeField()
    names = models.JSONField(default=list)  # of the invariants that were looked at
    broken = models.JSONField(default=list)  # [{"name", "count", "rows"}]: the first rows of each that does not hold

    objects = Rows["Inspection"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["-at"], name="inspection_at")]


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
    subject_name = models.CharField(max_length=200, blank=True)  # as people called it when it was proposed
    seen_at = models.DateTimeField(null=True)  # `changed_at` of the record when it was proposed
    proposer = models.ForeignKey(User, models.PROTECT, related_name="+")
    reason = models.TextField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)

    objects = ProposalRows.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "created_at"], name="proposal_state"),
            models.Index(fields=["created_at", "id"], name="proposal_made"),
        ]
