"""The trail, read. Its tables are made by `sql/`; nothing here writes."""

import json
from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models


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
