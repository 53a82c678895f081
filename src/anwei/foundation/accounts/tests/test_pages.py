import re
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from anwei.core.actor import Actor
from anwei.core.registers import Scope, registers
from anwei.foundation.accounts.models import Token, User
from anwei.foundation.accounts.tests.factory import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]
BACKEND = "django.contrib.auth.backends.ModelBackend"
PLANETS = {UUID(int=1): "Mars Minor", UUID(int=2): "Mars Major"}
ONCE = "0e6e2c7e-32c1-4f7c-9d64-fb5a4a1a3c11"


@pytest.fixture
def otto(client: Client) -> Client:
    client.force_login(make_user("otto", "administrator"), backend=BACKEND)
    return client


@pytest.fixture(autouse=True)
def planets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let rows be granted by a kind of their own: the kinds of other apps lie above this one."""

    def find(actor: Actor, text: str) -> list[tuple[UUID, str]]:
        return [(id, name) for id, name in PLANETS.items() if text in name]

    monkeypatch.setitem(registers.scopes, "planet", Scope("planet", "Planet", find, lambda ids: {id: PLANETS[id] for id in ids}))


def new_user(**changed: str) -> dict[str, str]:
    return {"username": "tom", "name": "Tom", "side": "ours", "language": "en", "request_id": ONCE} | changed


def test_a_user_is_created_on_the_page_once_however_often_it_is_sent(otto: Client) -> None:
    first, again = (otto.post(reverse("accounts:create"), new_user()) for _n in range(2))
    assert first.status_code == again.status_code == 302
    assert first["Location"] == again["Location"]
    assert User.objects.filter(username="tom").count() == 1


def test_a_refused_form_keeps_what_was_typed_and_says_why_beside_the_field(otto: Client) -> None:
    told = otto.post(reverse("accounts:create"), new_user(username="otto", name="Ottilie"))
    page = told.content.decode()
    assert told.status_code == 422 and 'value="Ottilie"' in page
    assert re.search(r'id="id_username_error">.*otto', page, re.S)


def test_the_same_form_number_with_other_text_is_refused(otto: Client) -> None:
    otto.post(reverse("accounts:create"), new_user())
    assert otto.post(reverse("accounts:create"), new_user(username="tim")).status_code == 422
    assert not User.objects.filter(username="tim").exists()


def test_roles_rows_and_the_end_of_a_user_on_their_page(otto: Client) -> None:
    tom = make_user("tom")
    change, page = reverse("accounts:change", args=[tom.id]), reverse("accounts:user", args=[tom.id])
    otto.post(change, {"do": "give_role", "role": "dispatcher"})
    otto.post(reverse("accounts:grant", args=[tom.id]), {"kind": "planet", "record": "Minor"})
    assert [m.role for m in tom.memberships.all()] == ["dispatcher"] and [g.record for g in tom.grants.all()] == [UUID(int=1)]
    assert "Mars Minor" in otto.get(page).content.decode()
    otto.post(change, {"do": "end_grant", "grant": str(tom.grants.get().id)})
    otto.post(change, {"do": "take_role", "role": "dispatcher"})
    otto.post(change, {"do": "disable"})
    tom.refresh_from_db()
    assert not tom.is_active and not tom.memberships.exists() and "Mars Minor" not in otto.get(page).content.decode()


def test_rows_that_nothing_or_several_fit_are_not_granted(otto: Client) -> None:
    tom, grant = make_user("tom"), reverse("accounts:grant", args=[make_user("tim").id])
    for typed in ("Venus", "Mars"):
        told = otto.post(grant, {"kind": "planet", "record": typed})
        assert told.status_code == 422 and f'value="{typed}"' in told.content.decode()
    assert not tom.grants.exists()


def test_an_invitation_is_shown_once(otto: Client) -> None:
    invite = reverse("accounts:invite", args=[make_user("tom").id])
    assert "/welcome/" in otto.post(invite, {"request_id": ONCE}).content.decode()
    assert otto.post(invite, {"request_id": ONCE}).status_code == 302


def test_a_key_shows_its_secret_once_and_ends_on_its_page(otto: Client) -> None:
    wanted = {"user": "otto", "name": "reports", "days": "30", "rights": ["accounts.read"], "request_id": ONCE}
    assert "aw_" in otto.post(reverse("accounts:make_key"), wanted).content.decode()
    assert otto.post(reverse("accounts:make_key"), wanted).status_code == 302
    key = Token.objects.get()
    address = reverse("accounts:key", args=[key.id])
    assert "aw_" not in otto.get(address).content.decode()
    otto.post(address)
    key.refresh_from_db()
    assert key.revoked_at is not None


def test_the_matrix_shows_every_role(otto: Client) -> None:
    page = otto.get(reverse("accounts:rights")).content.decode()
    assert "客服受理" in page and "accounts.create_user" in page


def test_without_the_right_the_page_is_refused_with_a_sentence(client: Client) -> None:
    client.force_login(make_user("dana", "dispatcher"), backend=BACKEND)
    told = client.get(reverse("accounts:users"))
    assert told.status_code == 403 and "您的角色不允许这样做" in told.content.decode()
