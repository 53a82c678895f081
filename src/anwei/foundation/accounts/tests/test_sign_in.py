import pytest
from django.test import Client, override_settings
from django.urls import reverse

from anwei.foundation.accounts.models import User
from anwei.foundation.accounts.operations import disable, set_password
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.accounts.tests.factory import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]
PASSWORD = "lantern-orbit-74"


@pytest.fixture(autouse=True)
def tom() -> None:
    set_password(actor=system_actor("test"), user=make_user("tom", "field_engineer"), password=PASSWORD)


def sign_in(client: Client, password: str = PASSWORD, **more: str) -> int:
    return client.post(reverse("login"), {"username": "tom", "password": password, **more}).status_code


def test_who_knows_the_password_comes_in_and_goes_out_again(client: Client) -> None:
    assert sign_in(client) == 302
    assert client.get(reverse("accounts:own")).status_code == 200
    client.post(reverse("logout"))
    assert client.get(reverse("accounts:own")).url == f"{reverse('login')}?next=%2Faccounts%2Fme%2F"  # type: ignore[attr-defined]


def test_a_wrong_password_keeps_the_name_that_was_typed(client: Client) -> None:
    told = client.post(reverse("login"), {"username": "tom", "password": "wrong"})
    assert told.status_code == 422 and 'value="tom"' in told.content.decode() and "wrong" not in told.content.decode()


def test_after_eight_wrong_passwords_the_place_is_locked_and_other_places_are_not(client: Client) -> None:
    assert [sign_in(client, "wrong") for _n in range(8)][-1] == 429
    assert sign_in(client) == 429
    assert sign_in(Client(REMOTE_ADDR="10.0.0.9")) == 302


def test_the_session_of_a_disabled_user_ends_with_the_next_request(client: Client) -> None:
    sign_in(client)

    disable(actor=system_actor("test"), user=User.objects.get(username="tom"))
    assert client.get(reverse("accounts:own")).status_code == 302
    assert sign_in(client) == 422


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_signing_in_leads_nowhere_else(client: Client, address: str) -> None:
    told = client.post(reverse("login"), {"username": "tom", "password": PASSWORD, "next": address})
    assert told.url == "/"  # type: ignore[attr-defined]


def test_only_the_demo_lets_one_become_another_person(client: Client) -> None:
    become = reverse("become", args=["tom"])
    assert client.post(become).status_code == 404
    with override_settings(DEMO=True):
        assert client.get(become).status_code == 405
        assert client.post(become).status_code == 302
        page = client.get(reverse("accounts:own")).content.decode()
    assert become in page and client.session["_auth_user_id"]


def test_the_language_chosen_stays_with_the_user(client: Client) -> None:
    sign_in(client)
    client.post(reverse("set_language"), {"language": "en", "next": "/accounts/me/"})
    assert '<html lang="en"' in client.get(reverse("accounts:own")).content.decode()
