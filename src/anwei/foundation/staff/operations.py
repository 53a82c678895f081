from datetime import date, datetime

from anwei.core.actor import Actor
from anwei.core.operation import operation, record
from anwei.foundation.accounts.models import User
from anwei.foundation.branches.models import Branch
from anwei.foundation.organisations.models import Organisation
from anwei.foundation.staff.errors import AbsenceHasNoLength
from anwei.foundation.staff.models import Absence, Certificate, Competence, Engineer
from anwei.foundation.staff.permissions import KEEP_STAFF


@operation("staff.register_engineer", right=KEEP_STAFF)
def register_engineer(
    *, actor: Actor, name: str, branch: Branch, user: User | None = None, employer: Organisation | None = None, phone: str = "",
    home_adcode: str = "", rate: str = "L2",
) -> Engineer:  # fmt: skip
    """Register somebody who repairs: ours, or a distributor's."""
    engineer = Engineer.objects.create(
        name=name, branch=branch, user=user, employer=employer, phone=phone, home_adcode=home_adcode, rate=rate
    )
    record(engineer, "staff.registered")
    return engineer


@operation("staff.grade_skill", right=KEEP_STAFF, on="engineer")
def grade_skill(*, actor: Actor, engineer: Engineer, skill: str, grade: int) -> Competence:
    """Say how well an engineer has a skill: 1 under guidance, 2 alone, 3 difficult cases and release, 4 expert."""
    competence, _made = Competence.objects.update_or_create(engineer=engineer, skill=skill, defaults={"grade": grade})
    record(engineer, "staff.skill_graded")
    return competence


@operation("staff.add_certificate", right=KEEP_STAFF, on="engineer")
def add_certificate(
    *, actor: Actor, engineer: Engineer, kind: str, number: str = "", issued_on: date | None = None, expires_on: date | None = None
) -> Certificate:
    """Add a certificate with its end."""
    certificate = Certificate.objects.create(engineer=engineer, kind=kind, number=number, issued_on=issued_on, expires_on=expires_on)
    record(engineer, "staff.certified")
    return certificate


@operation("staff.enter_absence", right=KEEP_STAFF, on="engineer")
def enter_absence(*, actor: Actor, engineer: Engineer, from_at: datetime, to_at: datetime, reason: str = "") -> Absence:
    """Enter a time in which an engineer cannot be sent.

    :raises AbsenceHasNoLength: it ends before it begins
    """
    if to_at <= from_at:
        raise AbsenceHasNoLength
    absence = Absence.objects.create(engineer=engineer, from_at=from_at, to_at=to_at, reason=reason)
    record(engineer, "staff.absence_entered")
    return absence
