from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from anwei.core.actor import Actor
from anwei.foundation.accounts.errors import EndsTooLate, RightsBeyondOwner
from anwei.foundation.accounts.models import Token, TokenUse, User
from anwei.foundation.accounts.operations import disable, hash_secret, make_token, note_use, revoke_token
from anwei.foundation.accounts.queries import actor_for, actor_of_token, system_actor, token_of_secret
from anwei.foundation.accounts.tests.factory import make_user
from anwei.foundation.audit.models import Change

pytestmark = pytest.mark.django_db


def key_of(user: User, *rights: str, actor: Actor | None = None, days: int = 1, at: datetime | None = None) -> Token:
    at = at or timezone.now()
    ends = at + timedelta(days=days)
    return make_token(actor=actor or system_actor("test"), user=user, name="reports", rights=list(rights), expires_at=ends, at=at)


def test_a_key_acts_as_its_user_with_no_more_than_it_names() -> None:
    key = key_of(make_user("stella", "data_steward"), "organisations.read")
    found = token_of_secret(hash_secret(key.secret), timezone.now())
    assert found is not None and actor_of_token(found).rights == {"organisations.read"}


def test_a_key_takes_no_right_that_its_owner_lacks() -> None:
    with pytest.raises(RightsBeyondOwner):
        key_of(make_user("dana", "dispatcher"), "accounts.keep")


def test_a_narrow_key_makes_no_wider_one() -> None:
    otto = make_user("otto", "administrator")
    narrow = replace(actor_for(otto, "api"), rights=frozenset({"accounts.tokens"}))
    with pytest.raises(RightsBeyondOwner):
        key_of(otto, "accounts.keep", actor=narrow)
    with pytest.raises(RightsBeyondOwner):
        key_of(make_user("olga", "administrator"), "accounts.keep", actor=narrow)


@pytest.mark.parametrize("days", [-1, 0, 800])
def test_a_key_ends_in_the_future_and_within_two_years(days: int) -> None:
    with pytest.raises(EndsTooLate):
        key_of(make_user("otto", "administrator"), "accounts.read", days=days)


def test_an_ended_a_revoked_and_a_disabled_users_key_open_nothing() -> None:
    now, system = timezone.now(), system_actor("test")
    otto, tom = make_user("otto", "administrator"), make_user("tom", "administrator")
    ended, revoked, orphan = key_of(otto, "accounts.read"), key_of(otto, "accounts.read"), key_of(tom, "accounts.read")
    assert token_of_secret(hash_secret(ended.secret), now + timedelta(days=2)) is None
    revoke_token(actor=system, token=revoked, at=now)
    disable(actor=system, user=tom)
    assert token_of_secret(hash_secret(revoked.secret), now) is None
    assert token_of_secret(hash_secret(orphan.secret), now) is None


def test_use_is_noted_to_within_minutes_outside_the_trail() -> None:
    key, now = key_of(make_user("otto", "administrator"), "accounts.read"), timezone.now()
    before = Change.objects.count()
    for minutes in (0, 1, 2, 9):
        found = token_of_secret(hash_secret(key.secret), now)
        assert found is not None
        note_use(found, now + timedelta(minutes=minutes))
    assert TokenUse.objects.get(token=key).last_used == now + timedelta(minutes=9)
    assert Change.objects.count() == before
