from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from anwei.core.errors import NoRight, NotFound
from anwei.core.flow.errors import ConditionNotMet, NoSuchStep
from anwei.foundation.accounts.models import Grant
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.accounts.tests.factory import make_actor
from anwei.foundation.audit.models import Deed
from anwei.foundation.branches.tests.factory import make_branch
from anwei.foundation.notices.models import Notice
from anwei.foundation.staff.operations import enter_absence
from anwei.workorders.dispatch.errors import EngineerAbsent, EngineerElsewhere, VisitHasNoLength
from anwei.workorders.dispatch.operations import assign, reassign, take_back
from anwei.workorders.dispatch.tests.factory import make_engineer, make_order, make_shop
from anwei.workorders.visits.models import Visit

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_assigning_plans_a_visit_tells_the_engineer_and_lets_them_see_the_order() -> None:
    shop = make_shop()
    tom, order, now = make_engineer(shop, "Tom"), make_order(shop), timezone.now()
    visit = assign(actor=shop.dana, order=order, engineer=tom, from_at=now + HOUR, to_at=now + 2 * HOUR, at=now, reasons=["3 km"])
    order.refresh_from_db()
    assert (order.state, order.engineer, visit.reasons) == ("assigned", tom, ["3 km"])
    assert Grant.objects.filter(user=tom.user, kind="order", record=order.pk, until=None).exists()
    notice = Notice.objects.get(user=tom.user)
    assert notice.url == f"/field/job/{order.pk}/" and notice.values["number"] == order.number
    assert Deed.objects.get(verb="dispatch.assign").outcome == "done"


def test_two_jobs_of_one_engineer_never_overlap() -> None:
    shop = make_shop()
    tom, now = make_engineer(shop, "Tom"), timezone.now()
    first, second = make_order(shop), make_order(shop)
    assign(actor=shop.dana, order=first, engineer=tom, from_at=now + HOUR, to_at=now + 3 * HOUR, at=now)
    with pytest.raises(EngineerElsewhere):
        assign(actor=shop.dana, order=second, engineer=tom, from_at=now + 2 * HOUR, to_at=now + 4 * HOUR, at=now)
    assign(actor=shop.dana, order=second, engineer=tom, from_at=now + 3 * HOUR, to_at=now + 4 * HOUR, at=now)
    assert Visit.objects.count() == 2


def test_who_is_absent_is_not_sent() -> None:
    shop = make_shop()
    tom, order, now = make_engineer(shop, "Tom"), make_order(shop), timezone.now()
    enter_absence(actor=system_actor("test"), engineer=tom, from_at=now, to_at=now + 8 * HOUR, reason="leave")
    with pytest.raises(EngineerAbsent):
        assign(actor=shop.dana, order=order, engineer=tom, from_at=now + HOUR, to_at=now + 2 * HOUR, at=now)


def test_an_expired_certificate_or_a_low_grade_means_no() -> None:
    shop = make_shop()
    order, now = make_order(shop), timezone.now()
    for engineer in (make_engineer(shop, "Old", expires_in=-1), make_engineer(shop, "New", grade=1)):
        with pytest.raises(ConditionNotMet):
            assign(actor=shop.dana, order=order, engineer=engineer, from_at=now + HOUR, to_at=now + 2 * HOUR, at=now)
    order.refresh_from_db()
    assert order.state == "accepted" and not Visit.objects.exists()


def test_an_appointment_ends_after_it_begins() -> None:
    shop = make_shop()
    tom, order, now = make_engineer(shop, "Tom"), make_order(shop), timezone.now()
    with pytest.raises(VisitHasNoLength):
        assign(actor=shop.dana, order=order, engineer=tom, from_at=now + HOUR, to_at=now + HOUR, at=now)


def test_an_order_is_not_assigned_twice() -> None:
    shop = make_shop()
    tom, ann, order, now = make_engineer(shop, "Tom"), make_engineer(shop, "Ann"), make_order(shop), timezone.now()
    assign(actor=shop.dana, order=order, engineer=tom, from_at=now + HOUR, to_at=now + 2 * HOUR, at=now)
    with pytest.raises(NoSuchStep):
        assign(actor=shop.dana, order=order, engineer=ann, from_at=now + HOUR, to_at=now + 2 * HOUR, at=now)
    assert Visit.objects.get().engineer == tom


def test_only_dispatchers_of_the_branch_assign() -> None:
    shop = make_shop()
    tom, order, now = make_engineer(shop, "Tom"), make_order(shop), timezone.now()
    given: dict[str, Any] = {"order": order, "engineer": tom, "from_at": now + HOUR, "to_at": now + 2 * HOUR, "at": now}
    with pytest.raises(NoRight):
        assign(actor=make_actor("ann", "intake_clerk", branch=shop.branch.pk), **given)
    with pytest.raises(NotFound):
        assign(actor=make_actor("far", "dispatcher", branch=make_branch("BJ").pk), **given)


def test_a_job_is_taken_back_with_a_reason_and_the_engineer_is_told() -> None:
    shop = make_shop()
    tom, order, now = make_engineer(shop, "Tom"), make_order(shop), timezone.now()
    assign(actor=shop.dana, order=order, engineer=tom, from_at=now + HOUR, to_at=now + 2 * HOUR, at=now)
    take_back(actor=shop.dana, order=order, reason="He is ill", at=now)
    order.refresh_from_db()
    assert (order.state, order.engineer, Visit.objects.get().state) == ("accepted", None, "cancelled")
    assert not Grant.objects.filter(user=tom.user, kind="order").live(now + HOUR).exists()
    assert Notice.objects.filter(user=tom.user).count() == 2
    with pytest.raises(NoSuchStep):
        take_back(actor=shop.dana, order=order, reason="Once more", at=now)


def test_a_job_is_given_to_another_in_one_deed() -> None:
    shop = make_shop()
    tom, ann, order, now = make_engineer(shop, "Tom"), make_engineer(shop, "Ann"), make_order(shop), timezone.now()
    assign(actor=shop.dana, order=order, engineer=tom, from_at=now + HOUR, to_at=now + 2 * HOUR, at=now)
    reassign(actor=shop.dana, order=order, engineer=ann, from_at=now + HOUR, to_at=now + 2 * HOUR, reason="Tom is late", at=now)
    order.refresh_from_db()
    assert (order.engineer, order.state) == (ann, "assigned")
    assert Deed.objects.filter(verb="dispatch.reassign", outcome="done").count() == 1
    assert not Grant.objects.filter(user=tom.user, kind="order").live(now + HOUR).exists()


def test_a_refused_change_leaves_the_job_with_who_had_it() -> None:
    shop = make_shop()
    tom, old, order, now = make_engineer(shop, "Tom"), make_engineer(shop, "Old", expires_in=-1), make_order(shop), timezone.now()
    assign(actor=shop.dana, order=order, engineer=tom, from_at=now + HOUR, to_at=now + 2 * HOUR, at=now)
    with pytest.raises(ConditionNotMet):
        reassign(actor=shop.dana, order=order, engineer=old, from_at=now + HOUR, to_at=now + 2 * HOUR, reason="Nearer", at=now)
    order.refresh_from_db()
    assert (order.engineer, order.state, Visit.objects.get().state) == (tom, "assigned", "planned")
