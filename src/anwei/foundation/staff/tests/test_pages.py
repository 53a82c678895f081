from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.accounts.tests.factory import make_user
from anwei.foundation.branches.models import Branch
from anwei.foundation.branches.tests.factory import make_branch
from anwei.foundation.staff.models import Engineer
from anwei.foundation.staff.operations import add_certificate, enter_absence, grade_skill, register_engineer
from anwei.foundation.staff.shown import days_left

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


def engineer(branch: Branch, name: str = "朱甲三") -> Engineer:
    return register_engineer(actor=system_actor("test"), name=name, branch=branch, phone="13800000417")


def signed_in(branch: Branch) -> Client:
    client = Client()
    client.force_login(make_user("dana", "dispatcher", branch=branch.pk))
    return client


def test_the_page_shows_skills_certificates_and_absences() -> None:
    branch, system, now = make_branch("SH"), system_actor("test"), timezone.now()
    tom = engineer(branch)
    grade_skill(actor=system, engineer=tom, skill="resp_ventilation", grade=3)
    add_certificate(actor=system, engineer=tom, kind="cert_maker", number="C-7", expires_on=timezone.localdate() - timedelta(days=3))
    enter_absence(actor=system, engineer=tom, from_at=now, to_at=now + timedelta(days=1), reason="Holiday")
    text = signed_in(branch).get(reverse("staff:engineer", args=[tom.pk])).content.decode()
    for shown in ("呼吸机", "疑难与放行", "C-7", "已过期 3 天", "Holiday"):
        assert shown in text


def test_engineers_of_other_branches_are_not_shown() -> None:
    here, far = make_branch("SH"), engineer(make_branch("BJ"), "何甲七")
    client = signed_in(here)
    assert far.name not in client.get(reverse("staff:list")).content.decode()
    assert client.get(reverse("staff:engineer", args=[far.pk])).status_code == 404


def test_who_has_no_right_sees_no_engineers() -> None:
    client = Client()
    client.force_login(make_user("sue", "storekeeper"))
    assert client.get(reverse("staff:list")).status_code == 403


@pytest.mark.parametrize(
    ("days", "words", "colour"),
    [(-1, "Expired 1 day ago", "red"), (0, "0 days left", "amber"), (60, "60 days left", "amber"), (61, "61 days left", "green")],
)
def test_a_certificate_warns_before_it_ends(days: int, words: str, colour: str) -> None:
    with translation.override("en"):
        pill = days_left(TODAY + timedelta(days=days), TODAY)
    assert (pill.label, pill.colour) == (words, colour)
    assert days_left(None, TODAY).colour == "green"


def test_days_left_are_told_in_chinese_too() -> None:
    with translation.override("zh-hans"):
        assert days_left(TODAY - timedelta(days=3), TODAY).label == "已过期 3 天"
