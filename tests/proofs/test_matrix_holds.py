"""T31: the doors behave as the matrix says, for every role, for nobody, and for keys."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from anwei.core.operation import REGISTER
from anwei.foundation.accounts.queries import matrix
from anwei.foundation.accounts.tests.factory import make_user
from anwei.foundation.definitions.queries import all_published
from tests.proofs.callers import JSON, bearer, make_key, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unbounded"), pytest.mark.filterwarnings("ignore:No directory at")]
SAMPLES = {"uuid": lambda: str(uuid4()), "int": lambda: "7", "slug": lambda: "x", "str": lambda: "x", "path": lambda: "x"}
METHODS = ("get", "post")


@pytest.fixture
def people() -> dict[str, Client]:
    """Return a browser per role, with somebody of that role signed in, and one in which nobody is."""
    roles = {key: version.body["side"] for key, version in all_published("role").items() if version.body["side"] != "public"}
    browsers = {key: signed_in(make_user(f"the-{key}", key, side=side)) for key, side in roles.items()}
    return browsers | {"anonymous": Client()}


def pages(patterns: list[URLPattern | URLResolver] | None = None, before: str = "") -> Iterator[tuple[str, str, Any]]:
    """Give every page: its name in the matrix, an address of it, and its view."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from pages(pattern.url_patterns, before + str(pattern.pattern))
            continue
        route = before + str(pattern.pattern)
        address = route
        for name, converter in pattern.pattern.converters.items():
            kind = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
            address = address.replace(f"<{kind}:{name}>", SAMPLES[kind]())
        assert "<" not in address, f"no sample for {route}"
        yield f"/{route}", f"/{address}", pattern.callback


def is_let_in(response: Any) -> bool:
    """Say whether the door opened: what is behind it may still be missing or wrong."""
    to_login = response.status_code in (302, 204) and "/login/" in response.headers.get("Location", response.headers.get("HX-Redirect", ""))
    return response.status_code not in (401, 403) and not to_login


def asked(roles: dict[str, bool]) -> list[str]:
    """Return everybody who must be refused, and one of those who must not: they hold the same right."""
    roles = {role: may for role, may in roles.items() if role != "public"}
    return [role for role, may in roles.items() if not may] + [role for role, may in roles.items() if may][:1]


def test_every_page_opens_for_whom_the_matrix_says(people: dict[str, Client]) -> None:
    said = {row.name: row.roles for row in matrix().rows if row.kind == "route"}
    seen = [(name, address) for name, address, view in pages() if getattr(view, "right", "")]
    assert len(seen) > 5
    wrong = [
        f"{method} {name} as {role}: {response.status_code}"
        for name, address in seen
        for role in asked(said[name])
        for method in METHODS
        if is_let_in(response := getattr(people[role], method)(address)) != said[name][role] and response.status_code != 405
    ]
    assert not wrong


def test_every_operation_is_refused_to_whom_the_matrix_says(people: dict[str, Client]) -> None:
    said = {row.name: row.roles for row in matrix().rows if row.kind == "operation"}
    assert len(said) == len(REGISTER)
    wrong = [
        f"{verb} as {role}: {response.status_code}"
        for verb in said
        for role in asked(said[verb])
        if is_let_in(response := people[role].post(f"/api/v1/operations/{verb}", "{", content_type=JSON)) != said[verb][role]
    ]
    assert not wrong


def test_every_collection_is_refused_to_whom_the_matrix_says(people: dict[str, Client]) -> None:
    said = {row.name: row.roles for row in matrix().rows if row.kind == "collection"}
    assert said
    wrong = [
        f"{path} as {role}: {response.status_code}"
        for name, roles in said.items()
        for path in (name, f"{name}/{uuid4()}")
        for role, browser in people.items()
        if is_let_in(response := browser.get(f"/api/v1/{path}")) != roles[role]
    ]
    assert not wrong


@pytest.mark.parametrize("scope", ["accounts.read", "accounts.tokens"])
def test_a_key_opens_what_it_names_and_nothing_else(scope: str) -> None:
    key, client = make_key(make_user("otto", "administrator"), scope), Client(headers=bearer("x"))
    client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {key}"
    said = {row.name: row.right for row in matrix().rows if row.kind == "operation"}
    wrong = [
        v for v, right in said.items() if is_let_in(client.post(f"/api/v1/operations/{v}", "{", content_type=JSON)) != (right == scope)
    ]
    assert not wrong


def test_a_session_without_the_token_of_our_own_pages_performs_nothing() -> None:
    browser = signed_in(make_user("otto", "administrator"), enforce_csrf_checks=True)
    told = browser.post("/api/v1/operations/accounts.disable", "{}", content_type=JSON)
    assert told.status_code == 403 and told.json()["code"] == "no_right"
