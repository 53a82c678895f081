"""Twice the rows, the same number of queries: every list in each of its views, every collection, every page of a record."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

from anwei.core.lists import ListPage, Page
from anwei.core.registers import registers
from anwei.core.rights import RIGHTS
from anwei.foundation.accounts.queries import actor_for
from anwei.foundation.accounts.tests.factory import make_user
from tests.proofs.callers import bearer, make_key, make_omnipotent_role, signed_in
from tests.proofs.growth import Stage, grow, make_stage

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("unbounded"),
    pytest.mark.timeout(900),
    pytest.mark.filterwarnings("ignore:No directory at"),
]
SIZE = 10
# whose ids stand in the addresses of other apps too
SHARED = {"contracts.Contract", "devices.Device", "orders.WorkOrder", "organisations.Organisation", "settlement.Settlement"}


@dataclass
class Tour:
    """Every address that is opened, and those on which each list and each collection stands."""

    addresses: list[str] = field(default_factory=list)
    lists: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Look:
    """What it took to open a page, and how many rows it showed where they can be counted."""

    queries: int
    shown: int


def routes(patterns: list[URLPattern | URLResolver] | None = None, before: str = "/") -> Iterator[str]:
    """Give every route of the system."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


def page_in(answer: Any) -> Page | None:
    """Return the list that an answer shows."""
    page = answer.context["page"] if answer.context and "page" in answer.context else None
    return page if isinstance(page, Page) else None


def planned(client: Client, stage: Stage) -> Tour:
    """Open every page once, so that what is kept in memory is there, and return those that answer."""
    tour = Tour()
    for route in routes():
        answers = {address: client.get(address) for address in candidates(route, stage)}
        for address, answer in answers.items():
            if answer.status_code == 200 and (page := page_in(answer)):
                views = [f"{address}?tab={view.key}" for view in page.declared.views] or [address]
                tour.lists[type(page.declared).__name__] = views
                tour.addresses += views
            elif answer.status_code == 200:
                tour.addresses.append(address)
    for name in registers.resources:
        tour.lists[name] = [f"/api/v1/{name}?limit=500"]
        tour.addresses += tour.lists[name]
        look(client, f"/api/v1/{name}?limit=500")
    return tour


def candidates(route: str, stage: Stage) -> list[str]:
    """Return the addresses that a route may stand for: itself, or with the id of a record on which the others hang."""
    if "<" not in route:
        return [route]
    if route.count("<") > 1 or "<uuid:" not in route:
        return []
    head, tail = route.split("<")[0], route.split(">")[1]
    app = route.split("/")[1]
    return [f"{head}{row.pk}{tail}" for row in stage.on.values() if row._meta.label in SHARED or row._meta.app_label == app]


def looked(client: Client, tour: Tour) -> dict[str, Look]:
    """Open every page of the tour and count."""
    return {address: look(client, address) for address in tour.addresses}


def look(client: Client, address: str) -> Look:
    """Open one page and count its queries and rows."""
    connection.queries_log.clear()  # it is a ring: past 9,000 queries it would forget some of this page's
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    assert answer.status_code == 200, address
    return Look(len(captured), shown_in(answer))


def shown_in(answer: Any) -> int:
    """Return how many rows a list or a collection shows."""
    if page := page_in(answer):
        return page.shown
    return len(answer.json().get("items", ())) if answer.headers["Content-Type"] == "application/json" else 0


def has_grown(few: Look, many: Look) -> bool:
    """Say whether a page showed as many rows as were made, or all that fit on it."""
    return few.shown >= SIZE and many.shown >= min(few.shown + SIZE, ListPage.size)


def test_twice_the_rows_take_the_same_number_of_queries() -> None:
    user = make_user("omni", make_omnipotent_role("omnipotent"))
    client, stage = signed_in(user), make_stage(actor_for(user, "page"))
    client.defaults["HTTP_AUTHORIZATION"] = bearer(make_key(user, *RIGHTS))["Authorization"]
    tour, rounds = planned(client, stage), []
    for _round in range(2):
        grow(stage, SIZE)
        rounds.append(looked(client, tour))
    few, many = rounds
    assert {kind.__name__ for kind in ListPage.__subclasses__() if ".tests." not in kind.__module__} <= set(tour.lists)
    still = [name for name, addresses in tour.lists.items() if not any(has_grown(few[a], many[a]) for a in addresses)]
    assert not still, f"no rows were made for {still}: add their model to growth.py"
    assert not [f"{a}: {few[a].queries} → {many[a].queries}" for a in tour.addresses if few[a].queries != many[a].queries]
