from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models

from anwei.core.actor import Actor
from anwei.core.tables import Rows, Table
from anwei.foundation.accounts.models import User
from anwei.foundation.files.models import StoredFile


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


class MailRows(Rows["Mail"]):
    def due(self, at: datetime) -> "MailRows":
        """Those to be sent now, the oldest first."""
        return self.filter(state=Mail.State.WAITING, next_at__lte=at).order_by("next_at", "id")


class Mail(Table):
    """One mail in the outbox, written by the deed that wants it sent. Its number goes with every try, so that a second copy can be told."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        WRITTEN = "written"  # as a file: there was no mail server
        FAILED = "failed"

    to = ArrayField(models.EmailField())
    subject = models.CharField(max_length=300)
    body = models.TextField()
    attachments = models.ManyToManyField(StoredFile, related_name="+")
    cause = models.CharField(max_length=120, db_index=True)  # the record it is about: "purchasing.PurchaseOrder:…"
    posted_at = models.DateTimeField()
    message_id = models.CharField(max_length=200, unique=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    next_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    objects = MailRows.as_manager()
    personal = ("to",)

    class Meta:
        indexes = [
            models.Index(fields=["state", "next_at"], name="mail_due"),
            models.Index(fields=["posted_at", "id"], name="mail_posted"),
        ]

    def __str__(self) -> str:
        return self.subject


class Attempt(Table):
    """One try to send a mail. One that began and never ended was cut off: whether the mail went out nobody knows."""

    class Outcome(models.TextChoices):
        BEGUN = "begun"
        SENT = "sent"
        WRITTEN = "written"
        FAILED = "failed"

    mail = models.ForeignKey(Mail, models.PROTECT, related_name="attempts")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.BEGUN)
    reason = models.TextField(blank=True)  # what the mail server, or the way there, answered

    objects = Rows["Attempt"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["mail", "at"], name="attempt_in_order")]
