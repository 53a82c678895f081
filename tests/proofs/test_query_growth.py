"""Twice the rows, the same number of queries: every list in each of its views, every collection, every page of a record."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

from anwei.core.lists import ListPage, Page
from anwei.core.registers import registers
from anwei.core.rights import RIGHTS
from anwei.entrances.api.door import LIMIT
from anwei.foundation.accounts.queries import actor_for
from anwei.foundation.accounts.tests.factory import make_user
from tests.proofs.callers import bearer, make_key, make_omnipotent_role, signed_in
from tests.proofs.growth import Stage, grow, make_stage

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(600), pytest.mark.filterwarnings("ignore:No directory at")]
SIZE = 10


@dataclass(frozen=True)
class Look:
    """What it took to open a page, and how many rows it showed where that can be counted."""

    queries: int
    shown: int = 0


def routes(patterns: list[URLPattern | URLResolver] | None = None, before: str = "/") -> Iterator[str]:
    """Give every route of the system."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


def of_plain_pages(client: Client) -> tuple[dict[str, Look], dict[type[ListPage], list[str]]]:
    """Open every page without an id, lists in each of their views; return the looks, and the addresses by list."""
    looks: dict[str, Look] = {}
    lists: dict[type[ListPage], list[str]] = {}
    for route in routes():
        if "<" in route or client.get(route).status_code != 200:
            continue
        answer = client.get(route)
        page = answer.context["page"] if answer.context and "page" in answer.context else None
        if not isinstance(page, Page):
            looks[route] = look(client, route)
            continue
        lists[type(page.declared)] = [f"{route}?tab={view.key}" for view in page.declared.views] or [route]
        looks |= {address: look(client, address) for address in lists[type(page.declared)]}
    return looks, lists


def look(client: Client, address: str, **headers: str) -> Look:
    """Open a page for the second time."""
    client.get(address, headers=headers)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address, headers=headers)
    assert answer.status_code == 200, address
    page = answer.context["page"] if answer.context and "page" in answer.context else None
    return Look(len(captured), page.shown if isinstance(page, Page) else 0)


def of_collections(key: str) -> dict[str, Look]:
    """Read every collection."""
    client, found = Client(headers=bearer(key)), {}
    for name in registers.resources:
        address = f"/api/v1/{name}?limit=500"
        found[name] = Look(look(client, address).queries, len(client.get(address).json()["items"]))
    return found


def of_records(client: Client, stage: Stage) -> dict[str, Look]:
    """Open every page that takes the id of one of the records on which the others hang."""
    found = {}
    for route in (r for r in routes() if r.count("<") == 1 and "<uuid:" in r):
        head, tail = route.split("<")[0], route.split(">")[1]
        for row in stage.on.values():
            address = f"{head}{row.pk}{tail}"
            if client.get(address).status_code == 200:
                found[f"{route} of a {row._meta.label}"] = look(client, address)
    return found


def grown(few: dict[str, Look], many: dict[str, Look]) -> list[str]:
    """Name the pages that asked more often for more rows."""
    return [f"{name}: {few[name].queries} → {many[name].queries}" for name in few if few[name].queries != many[name].queries]


def has_grown(few: Look, many: Look) -> bool:
    """Say whether a page showed as many rows as were made, or all that fit on it."""
    return few.shown >= SIZE and many.shown >= min(few.shown + SIZE, ListPage.size)


def test_twice_the_rows_take_the_same_number_of_queries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LIMIT, "burst", 10**9)
    user = make_user("omni", make_omnipotent_role("omnipotent"))
    client, key, stage = signed_in(user), make_key(user, *RIGHTS), make_stage(actor_for(user, "page"))
    rounds = []
    for _round in range(2):
        grow(stage, SIZE)
        plain, lists = of_plain_pages(client)
        rounds.append((plain, of_collections(key), of_records(client, stage)))
    few, many = rounds
    assert not [line for before, after in zip(few, many, strict=True) for line in grown(before, after)]
    declared = {kind for kind in ListPage.__subclasses__() if kind.__module__.startswith("anwei.") and ".tests." not in kind.__module__}
    assert declared == set(lists), "every list stands on a page that was opened"
    still = [
        name for name, addresses in lists.items() if not any(many[0][a].shown >= few[0][a].shown + SIZE >= 2 * SIZE for a in addresses)
    ]
    still_read = [name for name in few[1] if not many[1][name].shown >= few[1][name].shown + SIZE >= 2 * SIZE]
    assert not still and not still_read, "no rows were made for these: add their model to growth.py"
