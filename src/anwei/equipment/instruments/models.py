from datetime import date

from django.db import models

from anwei.core.tables import Rows, Table
from anwei.foundation.branches.models import Branch


class InstrumentRows(Rows["Instrument"]):
    def usable_on(self, day: date) -> "InstrumentRows":
        """Those whose calibration holds on a day (ISO 13485 7.6)."""
        return self.filter(calibration_due__gte=day)


class Instrument(Table):
    """A test instrument; a reading taken after its calibration ended does not count."""

    number = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=40)
    name_zh = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    serial = models.CharField(max_length=60, blank=True)
    branch = models.ForeignKey(Branch, models.PROTECT, related_name="+")
    calibrated_on = models.DateField(null=True)
    calibration_due = models.DateField(null=True)

    objects = InstrumentRows.as_manager()

    def __str__(self) -> str:
        return self.number
