"""At the door for programs: who calls, how often, in which language, and every error as a problem document."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt

from anwei.core.actor import Actor
from anwei.core.errors import NoRight, NotFound
from anwei.core.wall import is_closed, outside
from anwei.entrances.api.errors import NotSignedIn, TooManyRequests, WrongMethod
from anwei.entrances.api.problems import TOLD, told
from anwei.foundation.accounts.limits import Limit
from anwei.foundation.accounts.operations import hash_secret, note_use
from anwei.foundation.accounts.queries import actor_of_token, token_of_secret

LIMIT = Limit("api", rate=settings.API_RATE, burst=settings.API_BURST)

Inner = Callable[..., HttpResponse]


def door(*, method: str, rights: str) -> Callable[[Inner], Inner]:
    """Make a view of the API: `view(request, actor, …)`. `rights` says in the matrix where the right of each call stands."""

    def wrap(view: Inner) -> Inner:
        @wraps(view)
        def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            try:
                actor = _identified(request)
            except TOLD as error:
                return told(error)
            left, seconds = LIMIT.take(actor.key)
            with translation.override(_language(request, actor)):
                try:
                    if seconds:
                        raise TooManyRequests(seconds=seconds)
                    if request.method not in (method, "HEAD" if method == "GET" else method):
                        raise WrongMethod(allow=method)
                    with outside(actor):
                        response = view(request, actor, **kwargs)
                except TOLD as error:
                    response = told(error)
                except Error as error:
                    if not is_closed(error):
                        raise
                    response = told(NotFound(kind="record"))
            response["RateLimit-Limit"], response["RateLimit-Remaining"] = str(LIMIT.burst), str(left)
            return response

        guarded.rights = rights  # type: ignore[attr-defined]
        return csrf_exempt(guarded)  # a key in a header needs no such proof; a session is asked for it in `_identified`

    return wrap


def _identified(request: HttpRequest) -> Actor:
    """Return who calls: by a key in the header, else as who is signed in to the pages."""
    scheme, _sep, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme:
        token = token_of_secret(hash_secret(secret.strip()), timezone.now()) if scheme.lower() == "bearer" and secret.isascii() else None
        if token is None:
            raise NotSignedIn
        note_use(token, timezone.now())
        return actor_of_token(token)
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        raise NotSignedIn
    if not _sent_by_our_own_page(request):
        raise NoRight(verb=request.path)
    return actor.at("api")


def _sent_by_our_own_page(request: HttpRequest) -> bool:
    request.csrf_processing_done = False  # type: ignore[attr-defined]
    check = CsrfViewMiddleware(lambda _request: HttpResponse())
    check.process_request(request)
    return check.process_view(request, lambda _request: HttpResponse(), (), {}) is None


def _language(request: HttpRequest, actor: Actor) -> str:
    return translation.get_language_from_request(request) if "Accept-Language" in request.headers else actor.language
