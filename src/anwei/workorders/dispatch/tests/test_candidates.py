from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.branches.tests.factory import make_branch
from anwei.foundation.staff.models import Engineer
from anwei.foundation.staff.operations import enter_absence
from anwei.inventory.parts.tests.factory import make_part
from anwei.inventory.stock.tests.factory import make_place, make_stock
from anwei.workorders.dispatch.likely import likely
from anwei.workorders.dispatch.operations import assign
from anwei.workorders.dispatch.queries import Candidate, candidates
from anwei.workorders.dispatch.tests.factory import Shop, make_engineer, make_order, make_shop

pytestmark = pytest.mark.django_db
SYMPTOM = "ven.s3"  # wrong volume: the flow sensor


def found(shop: Shop, **given: Any) -> dict[str, Candidate]:
    """Return the candidates of a new order by name, in their order."""
    return {c.engineer.name: c for c in candidates(shop.dana, make_order(shop, SYMPTOM, **given), timezone.now())}


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Read the reasons in English."""
    with translation.override("en"):
        yield


def told(candidate: Candidate) -> str:
    return " | ".join(str(reason.text) for reason in candidate.reasons)


def van_with_part(engineer: Engineer) -> None:
    part = make_part(group=next(iter(likely(SYMPTOM).groups)), categories=["ventilator"])
    make_stock(part, make_place("van", f"Van {engineer.name}", branch=engineer.branch, engineer=engineer))


def test_who_lacks_a_skill_or_a_certificate_comes_last_and_the_lack_is_named() -> None:
    shop = make_shop()
    make_engineer(shop, "Expired", expires_in=-1)
    make_engineer(shop, "Beginner", grade=1)
    make_engineer(shop, "Able", home_adcode="110101")
    answer = found(shop)
    assert next(iter(answer)) == "Able" and answer["Able"].may_go and not answer["Able"].violations
    assert not answer["Expired"].may_go and not answer["Beginner"].may_go
    assert "Certificate expired" in str(answer["Expired"].violations[0].text)
    assert "May not go alone" in str(answer["Beginner"].violations[0].text)


def test_the_nearer_engineer_comes_first() -> None:
    shop = make_shop()
    make_engineer(shop, "Far", home_adcode="429004")
    make_engineer(shop, "Near", home_adcode="420102")
    answer = found(shop)
    assert list(answer) == ["Near", "Far"]
    assert answer["Near"].standing.km < 1 < 50 < answer["Far"].standing.km


def test_a_fitting_part_in_the_van_weighs_more_than_the_way() -> None:
    shop = make_shop()
    make_engineer(shop, "Near", home_adcode="420102")
    van_with_part(make_engineer(shop, "Loaded", home_adcode="420111"))
    answer = found(shop)
    assert next(iter(answer)) == "Loaded"
    assert "In the van" in told(answer["Loaded"]) and "No fitting part" in told(answer["Near"])


def test_the_suggested_time_avoids_other_jobs_and_absences() -> None:
    shop = make_shop()
    tom, now = make_engineer(shop, "Tom"), timezone.now()
    free = found(shop, priority="emergency")["Tom"].slot
    assert free
    assign(actor=shop.dana, order=make_order(shop), engineer=tom, from_at=free[0], to_at=free[1], at=now)
    enter_absence(actor=system_actor("test"), engineer=tom, from_at=free[1], to_at=free[1] + timedelta(hours=5), reason="leave")
    later = found(shop, priority="emergency")["Tom"].slot
    assert later and later[0] >= free[1] + timedelta(hours=5)


def test_an_ordinary_job_is_suggested_in_working_time() -> None:
    shop = make_shop()
    make_engineer(shop, "Tom")
    slot = found(shop, priority="normal")["Tom"].slot
    assert slot
    start, end = map(timezone.localtime, slot)
    assert start.date() == end.date() and (start.hour, start.minute) >= (8, 30) and (end.hour, end.minute) <= (17, 30)


def test_engineers_of_other_branches_are_no_candidates() -> None:
    shop = make_shop()
    make_engineer(shop, "Tom")
    make_engineer(Shop(make_branch("BJ"), shop.device, shop.dana), "Bea")
    assert list(found(shop)) == ["Tom"]


def test_more_engineers_ask_no_more_questions(django_assert_max_num_queries) -> None:
    shop = make_shop()
    order, now = make_order(shop, SYMPTOM), timezone.now()
    for number in range(4):
        make_engineer(shop, f"E{number}")
    with django_assert_max_num_queries(14):
        candidates(shop.dana, order, now)
    for number in range(4, 12):
        make_engineer(shop, f"E{number}")
    with django_assert_max_num_queries(14):
        assert len(candidates(shop.dana, order, now)) == 12
