from datetime import date, datetime

from anwei.core.actor import Actor
from anwei.core.errors import NotFound
from anwei.core.operation import operation, record
from anwei.foundation.accounts.models import User
from anwei.foundation.branches.models import Branch
from anwei.foundation.files.operations import keep_paper
from anwei.foundation.organisations.models import Organisation
from anwei.foundation.staff.errors import (
    AbsenceHasNoLength,
    AbsenceOver,
    CertificateEndsBefore,
    GradeUnfit,
    UnknownCertificate,
    UnknownSkill,
)
from anwei.foundation.staff.models import Absence, Certificate, Competence, Engineer
from anwei.foundation.staff.permissions import KEEP_STAFF
from anwei.foundation.staff.queries import certificates, skills
from anwei.foundation.staff.rules import GRADES


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
    """Say how well an engineer has a skill: 1 under guidance, 2 alone, 3 difficult cases and release, 4 expert.

    :raises UnknownSkill: there is no such skill
    :raises GradeUnfit: it is no grade
    """
    if skill not in skills():
        raise UnknownSkill(skill=skill, field="skill")
    if grade not in GRADES:
        raise GradeUnfit(field="grade")
    competence, _made = Competence.objects.update_or_create(engineer=engineer, skill=skill, defaults={"grade": grade})
    record(engineer, "staff.skill_graded")
    return competence


@operation("staff.add_certificate", right=KEEP_STAFF, on="engineer")
def add_certificate(
    *, actor: Actor, engineer: Engineer, kind: str, number: str = "", issued_on: date | None = None, expires_on: date | None = None,
    paper: bytes = b"",
) -> Certificate:  # fmt: skip
    """Add a certificate with its end and its scanned paper; one of the same kind that holds longer renews the others.

    :raises UnknownCertificate: there is no such kind
    :raises CertificateEndsBefore: it ends before it was issued
    :raises Refusal: the paper is neither a PDF nor a photo, or too large
    """
    if kind not in certificates():
        raise UnknownCertificate(kind=kind, field="kind")
    if issued_on and expires_on and expires_on < issued_on:
        raise CertificateEndsBefore(field="expires_on")
    file = keep_paper(paper, name=f"{kind}-{number}" if number else kind) if paper else None
    certificate = Certificate.objects.create(
        engineer=engineer, kind=kind, number=number.strip(), issued_on=issued_on, expires_on=expires_on, file=file
    )
    record(engineer, "staff.certified")
    return certificate


@operation("staff.enter_absence", right=KEEP_STAFF, on="engineer")
def enter_absence(*, actor: Actor, engineer: Engineer, from_at: datetime, to_at: datetime, reason: str = "") -> Absence:
    """Enter a time in which an engineer cannot be sent.

    :raises AbsenceHasNoLength: it ends before it begins
    """
    if to_at <= from_at:
        raise AbsenceHasNoLength(field="to_at")
    absence = Absence.objects.create(engineer=engineer, from_at=from_at, to_at=to_at, reason=reason)
    record(engineer, "staff.absence_entered")
    return absence


@operation("staff.end_absence", right=KEEP_STAFF, on="engineer")
def end_absence(*, actor: Actor, engineer: Engineer, absence: Absence, at: datetime) -> Absence:
    """Let somebody be sent again: an absence that has begun ends now, one that lies ahead is taken back.

    :raises NotFound: it is another engineer's
    :raises AbsenceOver: it ended before
    """
    if absence.engineer_id != engineer.pk:
        raise NotFound(kind="absence")
    if absence.to_at <= at:
        raise AbsenceOver
    if absence.from_at < at:
        absence.to_at = at
        absence.save()
    else:
        absence.delete()
    record(engineer, "staff.absence_ended", at=at)
    return absence
