"""The browser forgets typed text only when the server has truly answered."""

import uuid

import pytest
from django.http import HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from anwei.core.answered import COOKIE, AnsweredMiddleware

REQUEST = str(uuid.uuid4())


def cookie(response, request_id=REQUEST, method="post"):
    request = getattr(RequestFactory(), method)("/form/", {"request_id": request_id})
    made = AnsweredMiddleware(lambda _: response)(request)
    return made.cookies[COOKIE].value if COOKIE in made.cookies else None


@pytest.mark.usefixtures("addresses")
@pytest.mark.parametrize(
    "response", [HttpResponse(), HttpResponse(status=422), HttpResponseRedirect("/order/1/"), HttpResponse(status=204)]
)
def test_an_answer_names_its_request(response) -> None:
    assert cookie(response) == REQUEST


@pytest.mark.usefixtures("addresses")
@pytest.mark.parametrize("status", [400, 403, 409, 413, 429, 500, 503])
def test_a_fault_answers_nothing(status) -> None:
    assert cookie(HttpResponse(status=status)) is None


@pytest.mark.usefixtures("addresses")
def test_a_detour_to_the_sign_in_page_answers_nothing() -> None:
    assert cookie(HttpResponseRedirect("/login/?next=/form/")) is None


@pytest.mark.usefixtures("addresses")
def test_only_a_posted_request_number_enters_the_cookie() -> None:
    assert cookie(HttpResponse(), method="get") is None
    assert cookie(HttpResponse(), request_id="x; path=/") is None
