from datetime import datetime

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from anwei.core.actor import Actor
from anwei.core.tables import Rows, Table
from anwei.foundation.accounts.models import User
from anwei.foundation.branches.models import Branch
from anwei.foundation.files.models import StoredFile
from anwei.foundation.organisations.models import Organisation


class EngineerRows(Rows["Engineer"]):
    def visible_to(self, actor: Actor) -> "EngineerRows":
        """Who sees everywhere sees all; others those of their branches and themselves; distributors their own people."""
        if actor.everywhere or actor.side == "system":
            return self
        mine = Q(user_id__in=[actor.id]) | Q(employer__in=actor.ids("distributor"))
        return self.filter(mine | Q(branch__in=actor.ids("branch"))) if actor.side == "ours" else self.filter(mine)

    def active(self) -> "EngineerRows":
        return self.filter(is_active=True)


class Engineer(Table):
    """Somebody who repairs: ours, or a distributor's (then `employer` names it)."""

    user = models.OneToOneField(User, models.PROTECT, null=True, related_name="engineer")
    name = models.CharField(max_length=100)
    branch = models.ForeignKey(Branch, models.PROTECT, related_name="+")
    employer = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    phone = models.CharField(max_length=40, blank=True)
    home_adcode = models.CharField(max_length=6, blank=True)
    rate = models.CharField(max_length=10, default="L2")  # key of a labour rate
    is_active = models.BooleanField(default=True)

    objects = EngineerRows.as_manager()
    personal = ("phone", "home_adcode")
    internal = ("phone", "home_adcode", "rate")  # who comes from outside knows engineers by name

    class Meta:
        indexes = [models.Index(fields=["branch", "name"], name="engineer_branch")]

    def __str__(self) -> str:
        return self.name


class Competence(Table):
    """A skill that an engineer has, with its grade: 1 under guidance, 2 alone, 3 difficult cases and release, 4 expert."""

    engineer = models.ForeignKey(Engineer, models.PROTECT, related_name="competences")
    skill = models.CharField(max_length=40)
    grade = models.PositiveSmallIntegerField()

    objects = Rows["Competence"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["engineer", "skill"], name="skill_once")]


class CertificateRows(Rows["Certificate"]):
    def current(self) -> "CertificateRows":
        """Those that were not renewed: no other of the same engineer and kind holds longer."""
        longer = Q(expires_on=None) | Q(expires_on__gt=OuterRef("expires_on"))
        same = Certificate.objects.filter(longer, engineer=OuterRef("engineer"), kind=OuterRef("kind"))
        return self.filter(~Exists(same.exclude(pk=OuterRef("pk"))))


class Certificate(Table):
    """A certificate with its end; expired means no."""

    engineer = models.ForeignKey(Engineer, models.PROTECT, related_name="certificates")
    kind = models.CharField(max_length=40)
    number = models.CharField(max_length=60, blank=True)
    issued_on = models.DateField(null=True)
    expires_on = models.DateField(null=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")

    objects = CertificateRows.as_manager()

    class Meta:
        indexes = [models.Index(fields=["expires_on"], name="certificate_ends")]


class AbsenceRows(Rows["Absence"]):
    def overlapping(self, start: datetime, end: datetime) -> "AbsenceRows":
        return self.filter(from_at__lt=end, to_at__gt=start)


class Absence(Table):
    """A time in which an engineer cannot be sent."""

    engineer = models.ForeignKey(Engineer, models.PROTECT, related_name="absences")
    from_at = models.DateTimeField()
    to_at = models.DateTimeField()
    reason = models.CharField(max_length=100, blank=True)

    objects = AbsenceRows.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(to_at__gt=F("from_at")), name="absence_has_length")]
