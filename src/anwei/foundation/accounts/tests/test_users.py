import pytest

from anwei.core.errors import NoRight
from anwei.foundation.accounts.errors import NameTaken, NotYourself, OnlyYourself, WeakPassword
from anwei.foundation.accounts.operations import create_user, disable, enable, set_language
from anwei.foundation.accounts.queries import actor_for
from anwei.foundation.accounts.tests.factory import make_actor, make_user
from anwei.foundation.audit.models import Deed

pytestmark = pytest.mark.django_db


def test_an_administrator_creates_a_user_who_cannot_sign_in_yet() -> None:
    tom = create_user(actor=make_actor("otto", "administrator"), username="tom", name="Tom")
    assert not tom.has_usable_password() and tom.is_active


def test_a_name_is_given_once() -> None:
    otto = make_actor("otto", "administrator")
    with pytest.raises(NameTaken):
        create_user(actor=otto, username="otto", name="Another")


@pytest.mark.parametrize("password", ["short", "password123", "1234567890123", "thomas-mueller"])
def test_a_password_that_is_easy_to_guess_is_refused(password: str) -> None:
    with pytest.raises(WeakPassword):
        create_user(actor=make_actor("otto", "administrator"), username="thomas-mueller", name="Tom", password=password)


def test_a_dispatcher_creates_nobody() -> None:
    with pytest.raises(NoRight):
        create_user(actor=make_actor("dana", "dispatcher"), username="tom", name="Tom")


def test_a_disabled_user_comes_back_and_saying_it_twice_changes_nothing() -> None:
    otto, tom = make_actor("otto", "administrator"), make_user("tom", "field_engineer")
    assert not disable(actor=otto, user=tom).is_active
    disable(actor=otto, user=tom)
    assert enable(actor=otto, user=tom).is_active
    assert list(Deed.objects.filter(verb="accounts.disable").order_by("received").values_list("outcome", flat=True)) == [
        "done",
        "unchanged",
    ]


def test_nobody_disables_themselves() -> None:
    otto = make_user("otto", "administrator")
    with pytest.raises(NotYourself):
        disable(actor=actor_for(otto, "page"), user=otto)


def test_one_chooses_ones_own_language_and_nobody_elses() -> None:
    tom, dana = make_user("tom", "field_engineer"), make_actor("dana", "dispatcher")
    with pytest.raises(OnlyYourself):
        set_language(actor=dana, user=tom, language="en")
    assert set_language(actor=make_actor("otto", "administrator"), user=tom, language="en").language == "en"
