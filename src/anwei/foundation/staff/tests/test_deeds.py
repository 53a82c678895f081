from datetime import date, timedelta

import pytest
from django.utils import timezone

from anwei.core.errors import NoRight
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.accounts.tests.factory import make_actor
from anwei.foundation.audit.models import Deed
from anwei.foundation.branches.tests.factory import make_branch
from anwei.foundation.staff.errors import AbsenceHasNoLength
from anwei.foundation.staff.models import Absence, Competence, Engineer
from anwei.foundation.staff.operations import add_certificate, enter_absence, grade_skill, register_engineer
from anwei.foundation.staff.queries import lacks_of, need_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


def engineer() -> Engineer:
    return register_engineer(actor=system_actor("test"), name="朱甲三", branch=make_branch("SH"))


def test_a_manager_registers_an_engineer_and_the_deed_is_kept() -> None:
    branch = make_branch("SH")
    made = register_engineer(actor=make_actor("mona", "service_manager"), name="朱甲三", branch=branch)
    assert Deed.objects.get(verb="staff.register_engineer").subject == f"staff.Engineer:{made.pk}"
    with pytest.raises(NoRight):
        register_engineer(actor=make_actor("dana", "dispatcher"), name="何甲七", branch=branch)


def test_a_skill_is_graded_anew_not_twice() -> None:
    tom, system = engineer(), system_actor("test")
    grade_skill(actor=system, engineer=tom, skill="ct", grade=1)
    grade_skill(actor=system, engineer=tom, skill="ct", grade=3)
    assert list(Competence.objects.values_list("grade", flat=True)) == [3]


def test_an_absence_has_a_length() -> None:
    tom, now = engineer(), timezone.now()
    with pytest.raises(AbsenceHasNoLength):
        enter_absence(actor=system_actor("test"), engineer=tom, from_at=now, to_at=now)
    enter_absence(actor=system_actor("test"), engineer=tom, from_at=now, to_at=now + timedelta(hours=1))
    assert Absence.objects.count() == 1


def test_a_certificate_holds_through_its_last_day_and_the_longest_counts() -> None:
    tom, system, need = engineer(), system_actor("test"), need_of("ventilator", "dispatch")
    for skill in need.skills:
        grade_skill(actor=system, engineer=tom, skill=skill, grade=2)
    assert {lack.what for lack in lacks_of(tom, "ventilator", TODAY)} == ({"certificate"} if need.certificates else set())
    for kind in need.certificates:
        add_certificate(actor=system, engineer=tom, kind=kind, expires_on=TODAY - timedelta(days=9))
        add_certificate(actor=system, engineer=tom, kind=kind, expires_on=TODAY)
    assert lacks_of(tom, "ventilator", TODAY) == []
    assert {lack.what for lack in lacks_of(tom, "ventilator", TODAY + timedelta(days=1))} == ({"expired"} if need.certificates else set())
