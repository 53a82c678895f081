"""Pages for what went wrong: what happened, what was kept, what to do. They need neither a session nor a database."""

import uuid
from collections.abc import Mapping
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anwei.core.errors import Refusal
from anwei.core.shell import Text
from anwei.core.toasts import toast_header


class Words(NamedTuple):
    """The three sentences of a fault."""

    happened: Text
    kept: Text
    todo: Text


NOTHING_CHANGED = gettext_lazy("Nothing was changed.")
WORDS: Mapping[int, Words] = {
    400: Words(
        gettext_lazy("This request could not be read"),
        NOTHING_CHANGED,
        gettext_lazy("Please go back and try again; what you typed is still in the form."),
    ),
    403: Words(
        gettext_lazy("You may not see or do this"),
        NOTHING_CHANGED,
        gettext_lazy("If you need it for your work, ask your administrator for the right."),
    ),
    404: Words(
        gettext_lazy("There is nothing at this address, or nothing you may see"),
        "",
        gettext_lazy("Check the address, or find it from the start page."),
    ),
    409: Words(
        gettext_lazy("This was not done"),
        gettext_lazy("Something changed meanwhile; what you typed is still in the form."),
        gettext_lazy("Go back, reload the page, look at the difference and decide again."),
    ),
    413: Words(
        gettext_lazy("This file is too large"),
        NOTHING_CHANGED,
        gettext_lazy("Please choose a smaller one; the rest of what you typed is kept."),
    ),
    429: Words(gettext_lazy("Too many requests in a short time"), NOTHING_CHANGED, gettext_lazy("Please wait a minute and try again.")),
    503: Words(
        gettext_lazy("The system is busy"),
        gettext_lazy("Nothing was changed; what you typed is still in the form."),
        gettext_lazy("Please go back and send it again in a moment."),
    ),
    500: Words(
        gettext_lazy("The system met a fault"),
        gettext_lazy("Nothing half done was stored; what you typed is still in the form."),
        gettext_lazy("Please try again in a minute. If it stays, tell your administrator the code below."),
    ),
}


REFUSED = Words(gettext_lazy("This was not done"), "", gettext_lazy("You can go back; what you typed is still in the form."))


def fault_page(request: HttpRequest, status: int, *, happened: Text = "", kept: Text = "", todo: Text = "", code: str = "") -> HttpResponse:
    """Answer with the page of a fault; sentences not given are the usual ones of the status. An htmx request gets a toast instead."""
    usual = WORDS.get(status, WORDS[500])
    words = Words(happened or usual.happened, kept or usual.kept, todo or usual.todo)
    sentence = _("%(happened)s. %(todo)s") % {"happened": words.happened, "todo": words.todo}
    return _told(request, status, words, sentence, code or f"{status}-{uuid.uuid4().hex[:8]}")


def refusal_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Answer with the page of a refusal by right or rule; its own sentence says what happened and what to do."""
    usual = WORDS.get(refusal.status, REFUSED)
    words = Words(usual.happened, str(refusal), REFUSED.todo)
    return _told(request, refusal.status, words, str(refusal), refusal.code)


def _told(request: HttpRequest, status: int, words: Words, sentence: str, code: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return HttpResponse(sentence, status=status, headers=toast_header(sentence, bad=True))
    page = render_to_string("anwei/error.html", {"request": request, "status": status, **words._asdict(), "code": code, "home_url": "/"})
    return HttpResponse(page, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Serve as ``handler400``."""
    return fault_page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Serve as ``handler403``."""
    return fault_page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Serve as ``handler404``."""
    return fault_page(request, 404)


def fault(request: HttpRequest) -> HttpResponse:
    """Serve as ``handler500``."""
    return fault_page(request, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Serve as ``CSRF_FAILURE_VIEW``."""
    return fault_page(
        request,
        403,
        happened=gettext_lazy("This page was open too long, or cookies are off"),
        kept=gettext_lazy("Nothing was changed; what you typed is still in the form."),
        todo=gettext_lazy("Please go back, reload the page and send it again."),
    )
