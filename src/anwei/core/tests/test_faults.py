"""A fault says what happened, what was kept and what to do; it needs no database."""

import json

import pytest
from django.test import RequestFactory
from django.utils import translation

from anwei.core.errors import NoRight
from anwei.core.faults import WORDS, csrf_failure, fault, fault_page, refusal_page


@pytest.mark.parametrize("status", sorted(WORDS))
def test_every_fault_says_what_to_do(status) -> None:
    with translation.override("en"):
        page = fault_page(RequestFactory().get("/"), status)
        html = page.content.decode()
        todo = str(WORDS[status].todo)
    assert page.status_code == status
    assert todo in html
    assert f"{status}-" in html


def test_a_refusal_tells_its_own_sentence() -> None:
    with translation.override("en"):
        page = refusal_page(RequestFactory().get("/"), NoRight())
    assert page.status_code == 403
    assert "Your role does not allow this" in page.content.decode()
    assert "no_right" in page.content.decode()


def test_htmx_gets_words_instead_of_a_page() -> None:
    answer = fault_page(RequestFactory(headers={"HX-Request": "true"}).get("/"), 409)
    told = json.loads(answer["HX-Trigger"])["toast"]
    assert told["bad"] is True
    assert told["text"] == answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_the_handlers_answer_with_their_status() -> None:
    request = RequestFactory().get("/")
    assert fault(request).status_code == 500
    assert csrf_failure(request, "no cookie").status_code == 403
