"""The trail, read: its tables are made by `sql/`. Beside it, how far each follower has come: delivery state, outside the trail."""

import json
from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from anwei.core.tables import Rows, Table

CHANNEL = "anwei_deed"  # on which each commit of a deed names the records it touched


class Exact(json.JSONDecoder):
    """Reads numbers as they were written: amounts and quantities are never floats."""

    def __init__(self, **options: Any) -> None:
        super().__init__(parse_float=Decimal, **options)


class Deed(models.Model):
    """Who did what, when, why, through which door, and how it ended."""

    id = models.UUIDField(primary_key=True)
    received = models.DateTimeField()
    at = models.DateTimeField()
    verb = models.TextField()
    actor = models.UUIDField(null=True)
    actor_key = models.TextField()
    actor_name = models.TextField()
    approved_by = models.UUIDField(null=True)
    door = models.TextField()
    reason = models.TextField()
    request = models.TextField()
    batch = models.UUIDField(null=True)
    subject = models.TextField()
    touches = ArrayField(models.TextField())
    words = ArrayField(models.TextField())
    outcome = models.TextField()
    refusal = models.TextField()
    status = models.SmallIntegerField()
    leaf = models.BinaryField()

    class Meta:
        managed = False
        db_table = 'trail"."deed'


class Change(models.Model):
    """One row of one table changed by one deed: column → [old, new]."""

    seq = models.BigIntegerField(primary_key=True)
    received = models.DateTimeField()
    deed = models.UUIDField()
    tbl = models.TextField()
    row_key = models.TextField()
    op = models.CharField(max_length=1)
    delta = models.JSONField(decoder=Exact)
    leaf = models.BinaryField()

    class Meta:
        managed = False
        db_table = 'trail"."change'


class Cursor(models.Model):
    """How far a follower has come: it was told of every deed of a transaction below the horizon, in this era."""

    follower = models.TextField(primary_key=True)
    era = models.TextField()
    horizon = models.BigIntegerField()
    read_at = models.DateTimeField()


class OwedRows(Rows["Owed"]):
    def waiting(self) -> "OwedRows":
        """Those that are tried again by themselves."""
        return self.filter(is_set_aside=False)

    def set_aside(self) -> "OwedRows":
        """Those that wait for somebody."""
        return self.filter(is_set_aside=True)


class Owed(Table):
    """A deed that a follower could not follow yet: it is tried again, or, after some tries, set aside until somebody has looked."""

    follower = models.TextField()
    deed = models.UUIDField()
    received = models.DateTimeField()  # of the deed
    touches = ArrayField(models.TextField())
    tries = models.PositiveSmallIntegerField(default=0)
    refusals = models.PositiveSmallIntegerField(
        default=0
    )  # answered with a refusal so far: nothing was done, and the next try is a new request
    next_at = models.DateTimeField()
    error = models.TextField(blank=True)
    is_set_aside = models.BooleanField(default=False)

    objects = OwedRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["follower", "deed"], name="owed_once")]
        indexes = [models.Index(fields=["follower", "is_set_aside", "received"], name="owed_in_order")]

    def __str__(self) -> str:
        return f"{self.follower} {self.deed}"
