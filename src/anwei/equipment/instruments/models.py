from datetime import date

from django.db import models
from django.db.models import F, Q

from anwei.core.actor import Actor
from anwei.core.tables import Rows, Table
from anwei.foundation.branches.models import Branch
from anwei.foundation.staff.models import Engineer


class InstrumentRows(Rows["Instrument"]):
    def visible_to(self, actor: Actor) -> "InstrumentRows":
        """Those of one's branches, an engineer's own branch included; who sees everywhere sees all; outsiders none."""
        if actor.everywhere or actor.side == "system":
            return self
        own = Engineer.objects.filter(user_id__in=[actor.id], employer=None).values("branch")
        return self.filter(Q(branch__in=actor.ids("branch")) | Q(branch__in=own)) if actor.side == "ours" else self.none()

    def usable_on(self, day: date) -> "InstrumentRows":
        """Those whose calibration holds on a day (ISO 13485, 7.6)."""
        return self.filter(calibrated_on__lte=day, calibration_due__gte=day, retired_on=None)


class Instrument(Table):
    """A test instrument; a reading taken after its calibration ended does not count."""

    number = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=40)  # key of a kind of instrument, as checklists name it
    name_zh = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    serial = models.CharField(max_length=60, blank=True)
    branch = models.ForeignKey(Branch, models.PROTECT, related_name="+")
    calibrated_on = models.DateField(null=True)
    calibration_due = models.DateField(null=True)
    retired_on = models.DateField(null=True)

    objects = InstrumentRows.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["calibration_due", "id"], name="instrument_due"),
            models.Index(fields=["kind", "number"], name="instrument_kind"),
        ]

    def __str__(self) -> str:
        return self.number

    def is_usable_on(self, day: date) -> bool:
        """Say whether a reading taken with it on a day counts."""
        calibrated, due = self.calibrated_on, self.calibration_due
        return calibrated is not None and due is not None and calibrated <= day <= due and self.retired_on is None


class CalibrationRows(Rows["Calibration"]):
    def visible_to(self, actor: Actor) -> "CalibrationRows":
        """Those of the instruments that the actor sees."""
        return self.filter(instrument__in=Instrument.objects.visible_to(actor))


class Calibration(Table):
    """One calibration of an instrument: when, until when it holds, by whom, under which certificate."""

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="calibrations")
    calibrated_on = models.DateField()
    due_on = models.DateField()
    laboratory = models.CharField(max_length=200)
    certificate = models.CharField(max_length=60)

    objects = CalibrationRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["instrument", "calibrated_on"], name="one_calibration_a_day"),
            models.CheckConstraint(condition=Q(due_on__gt=F("calibrated_on")), name="calibration_holds"),
        ]
