"""Every error as problem details (RFC 9457)."""

import logging
from http import HTTPStatus
from typing import Any

import orjson
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, UnreadablePostError
from django.utils.translation import gettext as _

from anwei.core.errors import Refusal
from anwei.entrances.api.errors import NotSignedIn, TooManyRequests, WrongMethod

logger = logging.getLogger(__name__)
TOLD = (Refusal, RequestDataTooBig, UnreadablePostError, OperationalError, InterfaceError)


def problem(status: int, code: str, detail: str, errors: list[dict[str, Any]] | None = None) -> HttpResponse:
    """Return a problem document."""
    title = HTTPStatus(status).phrase
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, "code": code, "errors": errors or []}
    return HttpResponse(orjson.dumps(body), status=status, content_type="application/problem+json")


def told(error: Exception) -> HttpResponse:
    """Return what went wrong as a problem document with the headers that belong to it."""
    if isinstance(error, Refusal):
        return _refused(error)
    if isinstance(error, RequestDataTooBig):
        return problem(413, "too_large", _("What was sent is too large. Nothing was changed."))
    if isinstance(error, UnreadablePostError):
        return problem(400, "unreadable", _("The connection broke before everything had arrived. Nothing was changed."))
    logger.error("the database failed: %s", error)
    response = problem(503, "busy", _("The system is busy. Nothing was changed; send the same request again in a moment."))
    response["Retry-After"] = "2"
    return response


def _refused(refusal: Refusal) -> HttpResponse:
    errors = refusal.values.get("errors")
    response = problem(refusal.status, refusal.code, str(refusal), errors if isinstance(errors, list) else None)
    if isinstance(refusal, NotSignedIn):
        response["WWW-Authenticate"] = "Bearer"
    if isinstance(refusal, TooManyRequests):
        response["Retry-After"] = str(refusal.values["seconds"])
    if isinstance(refusal, WrongMethod):
        response["Allow"] = str(refusal.values["allow"])
    return response
