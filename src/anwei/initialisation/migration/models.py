from django.db import models

from anwei.core.tables import Rows, Table
from anwei.foundation.accounts.models import User
from anwei.foundation.files.models import StoredFile


class ImportSession(Table):
    """One file on its way in: read, mapped, checked, loaded as one batch, and undone as a whole if need be."""

    class State(models.TextChoices):
        CHECKED = "checked"
        LOADING = "loading"
        LOADED = "loaded"
        UNDONE = "undone"

    kind = models.CharField(max_length=40)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.CHECKED)
    mapping = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)  # rows, ready, repaired, duplicate, rejected, created
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    loaded_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    objects = Rows["ImportSession"].as_manager()


class ImportRow(Table):
    """One row of the file with what was found in it and what it became."""

    class State(models.TextChoices):
        READY = "ready"
        DUPLICATE = "duplicate"
        REJECTED = "rejected"
        LOADED = "loaded"
        UNDONE = "undone"

    session = models.ForeignKey(ImportSession, models.PROTECT, related_name="rows")
    row = models.PositiveIntegerField()  # its number in the file
    state = models.CharField(max_length=10, choices=State)
    values = models.JSONField(default=dict)
    findings = models.JSONField(default=list)
    record = models.UUIDField(null=True)

    objects = Rows["ImportRow"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "row"], name="row_once")]
        indexes = [models.Index(fields=["session", "state", "row"], name="import_rows")]
