"""The readings of a checklist stand as one line in the story of an order; the acts stand one by one, and every deed can be proved."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from anwei.foundation.accounts.tests.factory import make_user
from anwei.foundation.audit.runs import Run
from tests.journeys.company import make_company
from tests.journeys.visit import answer_all, at_work, fit, sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def order_url() -> str:
    """The story of an order with a part, a filled checklist and a signature."""
    company = make_company()
    order = at_work(company)
    fit(company, order)
    answer_all(company, order)
    sign(company, order)
    return reverse("audit:story", args=["orders.WorkOrder", order.pk])


@pytest.fixture
def ingo(client: Client) -> Client:
    """The browser of an auditor."""
    client.force_login(make_user("ingo", "auditor"))
    client.post("/language/", {"language": "en"})
    return client


def runs(client: Client, url: str) -> list[Run]:
    found: list[Run] = client.get(url).context["runs"]
    return found


def test_readings_are_one_line_and_acts_stand_by_themselves(ingo: Client, order_url: str) -> None:
    lines = runs(ingo, order_url)
    folded = [run for run in lines if run.is_folded]
    assert {row.deed.verb for run in folded for row in run.rows} == {"visits.record_readings"}
    assert {run.first.deed.verb for run in lines if not run.is_folded} >= {"visits.travel", "visits.fit_part", "visits.sign"}
    assert sum(len(run.rows) for run in lines) == len(ingo.get(order_url).context["rows"])
    page = ingo.get(order_url).content.decode()
    assert f"{len(folded[0].rows)} times" in page and len(lines) < 30 < sum(len(run.rows) for run in folded)


def test_a_run_unfolds_and_each_of_its_deeds_is_proved(ingo: Client, order_url: str) -> None:
    folded = next(run for run in runs(ingo, order_url) if run.is_folded)
    inside = folded.rows[3].deed
    unfolded = ingo.get(f"{order_url}?run={folded.first.deed.id}").content.decode()
    assert all(f'id="d-{row.deed.id}"' in unfolded for row in folded.rows)
    opened = ingo.get(f"{order_url}?deed={inside.id}").content.decode()
    assert f'id="d-{inside.id}"' in opened and str(inside.id) in opened and "visits.record_readings" in opened
    for odd in ("x", str(uuid4())):
        assert not any(run.is_open for run in runs(ingo, f"{order_url}?run={odd}"))


def test_what_was_refused_is_never_folded_and_told_in_words(ingo: Client, order_url: str) -> None:
    ingo.post("/api/v1/operations/orders.open", {}, content_type="application/json")
    rows = ingo.get(reverse("audit:deeds"), {"outcome": "refused"}).context["runs"]
    assert all(not run.is_folded and run.first.deed.sentence != run.first.deed.verb for run in rows)
