"""The answer of a list page: rows, region, density, rights."""

import time

import pytest
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory

from anwei.core.lists import respond
from anwei.core.tests.pages import SpecimenList
from anwei.core.tests.specimen import Specimen, make


def answer(rows, address="/things/", **settings):
    request = RequestFactory(headers={"HX-Request": "true", "HX-Target": "list"}).get(address)
    return respond(request, SpecimenList(), rows, **settings)


def test_what_people_typed_is_escaped_in_every_cell(specimens) -> None:
    make(name='<script>alert("x")</script>', group="<b>")
    html = answer(specimens).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html
    assert "<b>&lt;" not in html


def test_each_row_leads_to_its_page(specimens) -> None:
    rows = [make(), make()]
    html = answer(specimens).content.decode()
    assert f'data-href="/specimen/{rows[0].pk}/open/"' in html
    assert f'<a class="name cut" href="/specimen/{rows[1].pk}/open/"' in html


def test_htmx_gets_the_region_alone_with_the_clean_address(specimens) -> None:
    make()
    made = answer(specimens, "/things/?group=a&nonsense=1&q=")
    assert made.content.decode().lstrip().startswith('<div id="list"')
    assert made["HX-Push-Url"] == "/things/?group=a"
    assert "HX-Target" in made["Vary"]
    assert "nonsense" in made.content.decode()


def test_the_height_of_rows_is_remembered(specimens) -> None:
    make()
    made = answer(specimens, "/things/?density=tight")
    assert made.cookies["anwei_density"].value == "tight"
    assert 'data-density="tight"' in made.content.decode()
    assert not answer(specimens, "/things/?density=<x>").cookies


def test_an_export_without_the_right_is_refused(specimens) -> None:
    with pytest.raises(PermissionDenied):
        answer(specimens, "/things/?export=csv")


def test_filters_that_let_nothing_through_offer_their_removal(specimens) -> None:
    make()
    html = answer(specimens, "/things/?q=none&group=b").content.decode()
    assert "Nothing passes these filters" in html
    assert 'href="?"' in html


def test_eighty_rows_are_drawn_in_four_milliseconds(specimens, django_assert_num_queries) -> None:
    Specimen.objects.bulk_create(
        [Specimen(**{f: getattr(make(), f) for f in ("name", "group", "rank", "seen", "day", "price")}) for _ in range(80)]
    )
    rows = list(specimens.values()[:80])
    page = SpecimenList()
    columns = [*page.columns, *page.columns[:2]]
    from anwei.core.lists.render import _body

    page.link.fill(rows)
    best = min(_timed(lambda: _body(page, columns, rows)) for _ in range(15))
    assert len(columns) == 7
    assert best < 0.004


def _timed(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
