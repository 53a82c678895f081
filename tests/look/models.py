"""The one table of the gallery: sample jobs."""

from typing import ClassVar

from django.db import models


class Job(models.Model):
    """A sample row for the list page, in both languages."""

    number = models.CharField(max_length=32, unique=True)
    fault_zh = models.CharField(max_length=80)
    fault_en = models.CharField(max_length=80)
    model = models.CharField(max_length=40)
    state = models.CharField(max_length=20)
    due = models.IntegerField()
    used = models.IntegerField()
    paused = models.BooleanField(default=False)
    hospital_zh = models.CharField(max_length=80)
    hospital_en = models.CharField(max_length=80)
    ward_zh = models.CharField(max_length=40)
    ward_en = models.CharField(max_length=40)
    turn = models.CharField(max_length=40)
    opened = models.DateTimeField()
    cost = models.DecimalField(max_digits=12, decimal_places=2, null=True)

    objects: ClassVar[models.Manager["Job"]] = models.Manager()

    class Meta:
        """Sorted by what the page says."""

        app_label = "look"
        indexes: ClassVar = [models.Index(fields=["due", "id"])]
