from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from anwei.foundation.accounts.errors import NotYourself, RoleOfAnotherSide, UnknownRole
from anwei.foundation.accounts.operations import end_grant, give_role, grant_rows, take_role
from anwei.foundation.accounts.queries import actor_for
from anwei.foundation.accounts.tests.factory import make_actor, make_user

pytestmark = pytest.mark.django_db


def test_a_role_brings_its_rights_and_takes_them_away_again() -> None:
    otto, tom = make_actor("otto", "administrator"), make_user("tom")
    give_role(actor=otto, user=tom, role="data_steward")
    assert actor_for(tom, "page").may("organisations.keep")
    take_role(actor=otto, user=tom, role="data_steward")
    assert not actor_for(tom, "page").rights


def test_a_role_that_is_not_published_cannot_be_given() -> None:
    with pytest.raises(UnknownRole):
        give_role(actor=make_actor("otto", "administrator"), user=make_user("tom"), role="emperor")


def test_a_hospital_user_takes_no_role_of_ours() -> None:
    with pytest.raises(RoleOfAnotherSide):
        give_role(actor=make_actor("otto", "administrator"), user=make_user("wang", side="hospital"), role="auditor")


def test_nobody_widens_what_they_may_do_or_see() -> None:
    otto = make_user("otto", "administrator")
    actor = actor_for(otto, "page")
    for attempt in (
        lambda: give_role(actor=actor, user=otto, role="finance_clerk"),
        lambda: take_role(actor=actor, user=otto, role="administrator"),
        lambda: grant_rows(actor=actor, user=otto, kind="branch", record_id=uuid4()),
    ):
        with pytest.raises(NotYourself):
            attempt()


def test_a_grant_holds_until_it_ends() -> None:
    otto, tom, branch, now = make_actor("otto", "administrator"), make_user("tom", "dispatcher"), uuid4(), timezone.now()
    grant = grant_rows(actor=otto, user=tom, kind="branch", record_id=branch, until=now + timedelta(days=1))
    assert branch in actor_for(tom, "page").ids("branch")
    assert branch not in actor_for(tom, "page", now + timedelta(days=2)).ids("branch")
    end_grant(actor=otto, grant=grant, at=now - timedelta(seconds=1))
    assert not actor_for(tom, "page").ids("branch")
