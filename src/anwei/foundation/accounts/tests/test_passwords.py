import pytest
from django.test import Client
from django.urls import reverse

from anwei.foundation.accounts.errors import Disabled, InvitationEnded, OnlyYourself, WrongPassword
from anwei.foundation.accounts.models import User
from anwei.foundation.accounts.operations import accept_invitation, disable, invite, set_password
from anwei.foundation.accounts.queries import actor_for, public_actor
from anwei.foundation.accounts.tests.factory import make_actor, make_user
from anwei.foundation.audit.models import Change

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]
GOOD, BETTER = "lantern-orbit-74", "velvet-harbour-29"


def test_an_invitation_sets_a_password_once() -> None:
    tom = make_user("tom", "field_engineer")
    secret = invite(actor=make_actor("otto", "administrator"), user=tom).secret
    accept_invitation(actor=public_actor(), user_id=tom.id, secret=secret, password=GOOD)
    assert User.objects.get(pk=tom.pk).check_password(GOOD)
    with pytest.raises(InvitationEnded):
        accept_invitation(actor=public_actor(), user_id=tom.id, secret=secret, password=BETTER)


def test_an_invitation_of_another_user_opens_nothing() -> None:
    tom, tim = make_user("tom"), make_user("tim")
    secret = invite(actor=make_actor("otto", "administrator"), user=tom).secret
    with pytest.raises(InvitationEnded):
        accept_invitation(actor=public_actor(), user_id=tim.id, secret=secret, password=GOOD)


def test_a_disabled_user_is_not_invited() -> None:
    otto, tom = make_actor("otto", "administrator"), make_user("tom")
    disable(actor=otto, user=tom)
    with pytest.raises(Disabled):
        invite(actor=otto, user=tom)


def test_the_page_of_an_invitation_signs_in(client: Client) -> None:
    tom = make_user("tom", "field_engineer")
    address = reverse("welcome", args=[tom.id, invite(actor=make_actor("otto", "administrator"), user=tom).secret])
    assert client.get(address).status_code == 200
    differing = client.post(address, {"password": GOOD, "again": BETTER})
    assert differing.status_code == 422 and not User.objects.get(pk=tom.pk).has_usable_password()
    assert client.post(address, {"password": GOOD, "again": GOOD}).status_code == 302
    assert client.get(reverse("accounts:own")).status_code == 200


def test_ones_own_password_needs_the_present_one() -> None:
    tom = make_user("tom", "field_engineer")
    secret = invite(actor=make_actor("otto", "administrator"), user=tom).secret
    accept_invitation(actor=public_actor(), user_id=tom.id, secret=secret, password=GOOD)
    with pytest.raises(WrongPassword):
        set_password(actor=actor_for(tom, "page"), user=tom, password=BETTER, current="guess")
    set_password(actor=actor_for(tom, "page"), user=tom, password=BETTER, current=GOOD)
    assert User.objects.get(pk=tom.pk).check_password(BETTER)


def test_nobody_sets_the_password_of_a_colleague() -> None:
    with pytest.raises(OnlyYourself):
        set_password(actor=make_actor("dana", "dispatcher"), user=make_user("tom"), password=GOOD)


def test_no_password_and_no_hash_of_one_enters_the_trail() -> None:
    tom = make_user("tom")
    set_password(actor=make_actor("otto", "administrator"), user=tom, password=GOOD)
    hashed = User.objects.get(pk=tom.pk).password
    told = str(list(Change.objects.values_list("delta", flat=True)))
    assert GOOD not in told and hashed not in told and "argon2" not in told
