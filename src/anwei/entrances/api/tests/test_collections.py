from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from anwei.core import resources
from anwei.core.actor import Actor
from anwei.core.operation import REGISTER, operation, record
from anwei.foundation.accounts.models import User
from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.accounts.tests.factory import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def auditor(client: Client) -> Client:
    client.force_login(make_user("ada", "auditor"), backend=BACKEND)
    return client


def rows(client: Client, **asked: Any) -> dict[str, Any]:
    told = client.get("/api/v1/users", asked)
    assert told.status_code == 200, told.content
    answer: dict[str, Any] = told.json()
    return answer


def walked(client: Client, **asked: Any) -> list[str]:
    """Return the user names of all pages, in order."""
    names, page = [], rows(client, **asked)
    while True:
        names += [item["username"] for item in page["items"]]
        if page["next"] is None:
            return names
        page = rows(client, **asked, cursor=page["next"])


def test_pages_follow_one_another_newest_first_without_loss(auditor: Client) -> None:
    for n in range(7):
        make_user(f"u{n}")
    assert walked(auditor, limit=3) == [f"u{n}" for n in reversed(range(7))] + ["ada"]


def test_a_page_of_a_row_that_comes_meanwhile_shows_no_row_twice(auditor: Client) -> None:
    for n in range(4):
        make_user(f"u{n}")
    first = rows(auditor, limit=2)
    make_user("late")
    second = rows(auditor, limit=2, cursor=first["next"])
    assert [i["username"] for i in first["items"] + second["items"]] == ["u3", "u2", "u1", "u0"]


def test_changes_come_in_their_order_and_those_of_the_same_moment_are_all_shown(auditor: Client) -> None:
    moment = timezone.now() - timedelta(hours=1)
    for n in range(6):
        make_user(f"u{n}")
    set_changed(User.objects.filter(username__startswith="u"), moment)
    since = (moment - timedelta(minutes=1)).isoformat()
    assert walked(auditor, updated_since=since, limit=2)[:6] == [f"u{n}" for n in range(6)]


def set_changed(users: Any, moment: datetime) -> None:
    """Set the time of change back, within a deed made for this alone."""

    @operation("accounts.age", right="accounts.keep")
    def age(*, actor: Actor) -> None:
        """Set it back."""
        users.update(changed_at=moment)
        record(users.first(), "accounts.aged")

    try:
        age(actor=system_actor("test"))
    finally:
        del REGISTER["accounts.age"]


def test_a_change_is_listed_only_once_no_earlier_one_can_still_come(auditor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    since = (timezone.now() - timedelta(minutes=1)).isoformat()
    assert rows(auditor, updated_since=since)["items"] == []
    monkeypatch.setattr(resources, "SETTLED", timedelta(0))
    assert [i["username"] for i in rows(auditor, updated_since=since)["items"]] == ["ada"]


def test_fields_are_chosen_and_hidden_ones_stay_hidden(auditor: Client) -> None:
    assert rows(auditor, fields="username,side")["items"] == [{"id": ids(), "username": "ada", "side": "ours"}]
    assert "email" not in rows(auditor)["items"][0]
    assert rows(auditor, fields="email")["items"] == [{"id": ids()}]


def ids() -> str:
    return str(User.objects.get(username="ada").id)


@pytest.mark.parametrize(
    "query",
    [
        "nonsense=1", "limit=0", "limit=501", "limit=1e3", "limit=９", "cursor=!!", "cursor=AAAA", "username=a&username=b",
        "fields=password", "fields=", "updated_since=yesterday", "updated_since=2026-02-30T00:00:00Z", "username=%00", "password=x",
        "username__startswith=a",
    ],
)  # fmt: skip
def test_what_is_not_offered_or_does_not_fit_is_refused_and_named(auditor: Client, query: str) -> None:
    told = auditor.get(f"/api/v1/users?{query}")
    assert (told.status_code, told.json()["code"]) == (422, "bad_filter")


def test_a_cursor_of_one_order_is_no_place_in_another(auditor: Client) -> None:
    for n in range(3):
        make_user(f"u{n}")
    cursor = rows(auditor, limit=1)["next"]
    told = auditor.get("/api/v1/users", {"updated_since": "2020-01-01T00:00:00Z", "cursor": cursor})
    assert told.status_code == 422


def test_an_unchanged_record_is_not_sent_again(auditor: Client) -> None:
    address = f"/api/v1/users/{ids()}"
    first = auditor.get(address)
    assert auditor.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert auditor.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_record_that_is_none_is_not_found(auditor: Client) -> None:
    for path in ("users/01920000-0000-7000-8000-000000000000", "users/nonsense", "planets", "planets/7", ""):
        told = auditor.get(f"/api/v1/{path}")
        assert (told.status_code, told["Content-Type"]) == (404, "application/problem+json")
