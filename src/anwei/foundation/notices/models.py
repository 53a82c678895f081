from django.db import models

from anwei.core.actor import Actor
from anwei.core.tables import Rows, Table
from anwei.foundation.accounts.models import User


class NoticeRows(Rows["Notice"]):
    def visible_to(self, actor: Actor) -> "NoticeRows":
        """Everybody reads their own inbox only."""
        return self.filter(user_id__in=[actor.id])

    def unread(self) -> "NoticeRows":
        return self.filter(read_at=None)


class Notice(Table):
    """One line in somebody's inbox: a message with its values, rendered in the reader's language, and where to go."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    message = models.CharField(max_length=300)  # a msgid with %(name)s places
    values = models.JSONField(default=dict)
    url = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    objects = NoticeRows.as_manager()

    class Meta:
        indexes = [models.Index(fields=["user", "-at"], name="inbox")]


class Note(Table):
    """What somebody wrote on a record of any kind, named by its label and key."""

    subject = models.CharField(max_length=120, db_index=True)  # "orders.WorkOrder:…"
    text = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = Rows["Note"].as_manager()
