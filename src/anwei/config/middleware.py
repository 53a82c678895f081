"""At the door: who it is, in which language, and how a refusal is told."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from anwei.core.errors import Refusal
from anwei.foundation.accounts.queries import actor_for, public_actor

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


def refusals(handle: Handler) -> Handler:
    """Tell a refusal that no view took as a page with its own sentence."""

    class Refusals:
        def __call__(self, request: HttpRequest) -> HttpResponse:
            return handle(request)

        def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
            if not isinstance(error, Refusal):
                return None
            return render(request, "anwei/error.html", {"refusal": error, "status": error.status}, status=error.status)

    return Refusals()


def as_public(request: HttpRequest) -> None:
    """Let a page without login act as the reporter who holds a sticker's code."""
    if getattr(request, "actor", None) is None:
        request.actor = public_actor()  # type: ignore[attr-defined]
