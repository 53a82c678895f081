"""Every error as RFC 9457 problem details."""

from http import HTTPStatus
from typing import Any

import orjson
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from anwei.core.errors import Refusal


def problem(status: int, code: str, detail: str, errors: list[dict[str, Any]] | None = None) -> HttpResponse:
    """Return a problem document."""
    title = HTTPStatus(status).phrase
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, "code": code, "errors": errors or []}
    response = HttpResponse(orjson.dumps(body), status=status, content_type="application/problem+json")
    if status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


def install(api: NinjaAPI) -> None:
    """Teach an API to answer with problems."""

    @api.exception_handler(Refusal)
    def refused(request: HttpRequest, error: Refusal) -> HttpResponse:
        errors = error.values.get("errors")
        return problem(error.status, error.code, str(error), errors if isinstance(errors, list) else None)

    @api.exception_handler(ValidationError)
    def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
        faults = [{"field": ".".join(str(p) for p in e["loc"][2:] or e["loc"][-1:]), "reason": str(e["msg"])} for e in error.errors]
        return problem(422, "invalid", _("What was sent cannot be used. Nothing was changed."), faults)

    @api.exception_handler(AuthenticationError)
    def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        return problem(401, "not_signed_in", _("Send a valid token, or sign in."))

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, error: Http404) -> HttpResponse:
        return problem(404, "not_found", _("There is no such record, or it is not yours to see."))

    @api.exception_handler(HttpError)
    def http(request: HttpRequest, error: HttpError) -> HttpResponse:
        return problem(error.status_code, "bad_request", str(error))
