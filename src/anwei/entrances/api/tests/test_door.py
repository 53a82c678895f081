"""What comes to the door broken leaves it with a clear answer, and nothing is changed."""

import json
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client

from anwei.entrances.api import door
from anwei.entrances.api.problems import told
from anwei.foundation.accounts.models import User
from anwei.foundation.accounts.tests.factory import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]
BACKEND, JSON = "django.contrib.auth.backends.ModelBackend", "application/json"
CREATE = "/api/v1/operations/accounts.create_user"


@pytest.fixture
def otto(client: Client) -> Client:
    client.force_login(make_user("otto", "administrator"), backend=BACKEND)
    return client


def sent(client: Client, body: bytes | str, content_type: str = JSON, **headers: str) -> tuple[int, dict[str, Any]]:
    answer = client.post(CREATE, body, content_type=content_type, headers=headers)
    assert answer["Content-Type"] in (JSON, "application/problem+json")
    return answer.status_code, answer.json()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b" ", 400), (b"{", 400), (b"nonsense", 400), (b"\xff\xfe", 400), (b'{"username": "\\ud800"}', 400), (b"[" * 100_000, 400),
        (b'{"a":' * 5_000, 400), (b"[]", 422), (b"null", 422), (b'"text"', 422), (b"{}", 422),
        (b'{"username": "a\\u0000b", "name": "x"}', 422),
        (b'{"username": "tom", "name": "Tom", "admin": true}', 422), (b'{"username": 1e400, "name": "Tom"}', 422),
        (b'{"username": "tom", "name": 99999999999999999999999999}', 422),
        (b'{"username": "tom", "name": "Tom", "organisation": "x"}', 422),
    ],
)  # fmt: skip
def test_a_body_that_is_none_is_refused(otto: Client, body: bytes, status: int) -> None:
    code, answer = sent(otto, body)
    assert code == status and answer["status"] == status and answer["detail"]
    assert User.objects.count() == 1


@pytest.mark.parametrize("content_type", ["text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", ""])
def test_another_kind_of_body_is_refused(otto: Client, content_type: str) -> None:
    assert sent(otto, b"{}", content_type)[0] == 415


def test_a_body_that_is_too_large_is_refused_before_it_is_read(otto: Client) -> None:
    body = b'{"username": "' + b"a" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE + b'"}'
    assert sent(otto, body)[0] == 413


def test_each_fault_is_named_by_its_field(otto: Client) -> None:
    _code, answer = sent(otto, '{"username": "", "side": "moon"}')
    assert {e["field"] for e in answer["errors"]} == {"username", "name", "side"}


def test_chinese_beyond_the_first_plane_is_kept_as_it_was_sent(otto: Client) -> None:
    code, answer = sent(otto, json.dumps({"username": "ji", "name": "𠮷野家 한 😀 Ａ１"}))
    assert code == 200 and answer["name"] == "𠮷野家 한 😀 Ａ１" == User.objects.get(username="ji").name


def test_the_language_of_an_error_is_the_callers(otto: Client) -> None:
    assert "什么都没改" in sent(otto, "{}")[1]["detail"]
    assert "Nothing was changed" in sent(otto, "{}", **{"Accept-Language": "en"})[1]["detail"]


@pytest.mark.parametrize("key", ["", " ", "a b", "x" * 101, "钥匙"])
def test_a_key_of_a_request_that_cannot_be_used_is_refused(otto: Client, key: str) -> None:
    body = '{"username": "tom", "name": "Tom"}'
    answer = otto.generic("POST", CREATE, body, content_type=JSON, HTTP_IDEMPOTENCY_KEY=key)
    assert answer.status_code == 422 and not User.objects.filter(username="tom").exists()


@pytest.mark.parametrize("header", ["Bearer", "Bearer x", "Bearer 钥匙", "Basic b3R0bzpwYXNz", "nonsense"])
def test_a_key_that_is_none_opens_nothing_even_in_a_signed_in_browser(otto: Client, header: str) -> None:
    answer = otto.get("/api/v1/users", HTTP_AUTHORIZATION=header)
    assert answer.status_code == 401 and answer["WWW-Authenticate"] == "Bearer"


def test_who_calls_too_often_is_told_when_to_come_back(otto: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door.LIMIT, "burst", 3)
    monkeypatch.setattr(door.LIMIT, "rate", 0.1)
    answers = [otto.get("/api/v1/users") for _n in range(4)]
    assert [a.status_code for a in answers] == [200, 200, 200, 429]
    assert int(answers[-1]["Retry-After"]) >= 1
    assert [a["RateLimit-Remaining"] for a in answers] == ["2", "1", "0", "0"]


def test_another_method_is_refused_and_the_right_one_named(otto: Client) -> None:
    answer = otto.get(CREATE)
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert otto.delete("/api/v1/users").status_code == 405


def test_a_database_that_fails_is_said_to_be_busy() -> None:
    answer = told(OperationalError("deadlock detected"))
    assert (answer.status_code, answer["Retry-After"]) == (503, "2")
    assert b"deadlock" not in answer.content


def test_a_text_too_long_for_its_column_is_a_clear_refusal(otto: Client) -> None:
    code, answer = sent(otto, json.dumps({"username": "tom", "name": "x" * 101}))
    assert code == 422 and answer["errors"][0]["field"] == "name"


def test_the_pages_of_the_interface_call_no_foreign_host(client: Client) -> None:
    page = client.get("/api/v1/docs")
    html = page.content.decode()
    assert page.status_code == 200 and "accounts.create_user" in html
    assert "default-src 'self'" in page["Content-Security-Policy"]
    assert "<script" not in html and " style=" not in html
    assert not [part for part in html.split('"') if part.startswith(("http://", "https://", "//"))]


def test_the_description_names_every_operation_and_its_right(client: Client) -> None:
    described = client.get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    deed = described["paths"]["/operations/accounts.create_user"]["post"]
    assert deed["x-right"] == "accounts.keep"
    assert {"400", "401", "403", "404", "409", "413", "415", "422", "429"} <= set(deed["responses"])


def test_a_nul_character_is_found_at_the_door_and_its_field_is_named(otto: Client) -> None:
    _code, answer = sent(otto, b'{"username": "a\\u0000b", "name": "Tom"}')
    assert [e["field"] for e in answer["errors"]] == ["username"]


def test_what_only_the_database_refuses_is_told_as_a_refusal(otto: Client) -> None:
    def opened(code: str) -> tuple[int, str]:
        branch = {"code": code, "name_zh": "分公司", "name_en": "Branch", "provinces": []}
        answer = otto.post("/api/v1/operations/branches.open", json.dumps(branch), content_type=JSON)
        return answer.status_code, answer.json().get("code", "")

    assert opened("TOOLONG") == (422, "does_not_fit")
    assert [opened("SH")[0], opened("SH")] == [200, (409, "exists_already")]
