"""At the door: who it is, in which language, and how a refusal is told."""

import logging
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import translation

from anwei.core.errors import Refusal
from anwei.core.faults import fault_page
from anwei.core.wall import SIDES, is_closed, outside, streamed
from anwei.foundation.accounts.queries import actor_for

logger = logging.getLogger(__name__)
Handler = Callable[[HttpRequest], HttpResponse]


def actor(handle: Handler) -> Handler:
    """Put `request.actor` in place, read on first use, and speak their language."""

    def middleware(request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        if user.is_authenticated:
            request.actor = actor_for(user, "page")  # type: ignore[attr-defined]
            language = user.language
        else:
            request.actor = None  # type: ignore[attr-defined]
            language = request.COOKIES.get("language") or translation.get_language_from_request(request)
        with translation.override(language if language in ("zh-hans", "en") else "zh-hans"):
            response = handle(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware


class OutsideWall:
    """Let everything that a page reads for somebody from outside be read through the wall, what is shown of its faults included.

    A public page asks nobody who they are and stays before the wall; the API finds out itself who calls, and enters the wall then.
    """

    def __init__(self, handle: Handler) -> None:
        self.handle = handle

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with ExitStack() as behind:
            request.behind = behind  # type: ignore[attr-defined]
            response: HttpResponseBase = self.handle(request)
            person = request.actor  # type: ignore[attr-defined]
            if isinstance(response, StreamingHttpResponse) and person is not None and person.side in SIDES:
                response.streaming_content = streamed(person, iter(response))
            return response

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        """Enter the wall, now that it is known which page is asked for."""
        if hasattr(view, "public") or hasattr(view, "rights"):
            return None
        try:
            request.behind.enter_context(outside(request.actor))  # type: ignore[attr-defined]
        except (OperationalError, InterfaceError) as error:
            return _busy(request, error)
        return None


def _busy(request: HttpRequest, error: Exception) -> HttpResponse:
    logger.error("the database failed: %s", error)
    return fault_page(request, 503)


def live(handle: Handler) -> Handler:
    """Let the pages of who is signed in reach the live process, on this host and its own port; nothing else is opened."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = handle(request)
        if settings.LIVE_PORT and not settings.LIVE_PATH and getattr(request, "actor", None) is not None:
            host = urlsplit(f"//{request.get_host()}").hostname or ""
            place = f"[{host}]" if ":" in host else host
            response._csp_update = {"connect-src": ["'self'", f"{request.scheme}://{place}:{settings.LIVE_PORT}"]}  # type: ignore[attr-defined]
        return response

    return middleware


def refusals(handle: Handler) -> Handler:
    """Tell a refusal that no view took as a page with its own sentence, and a busy database as one that asks to try again."""

    class Refusals:
        def __call__(self, request: HttpRequest) -> HttpResponse:
            return handle(request)

        def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
            if isinstance(error, Refusal):
                return fault_page(request, error.status, happened=str(error))
            if is_closed(error):
                logger.error("closed to people from outside: %s", error)
                return fault_page(request, 404)
            if isinstance(error, RequestDataTooBig):
                return fault_page(request, 413)
            if isinstance(error, (OperationalError, InterfaceError)):
                return _busy(request, error)
            return None

    return Refusals()
