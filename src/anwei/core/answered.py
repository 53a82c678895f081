"""Tells the browser which request was answered, so that it may forget what it kept for it (``guard.js``)."""

import uuid
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url

COOKIE = "anwei_answered"
MINUTES = 10


class AnsweredMiddleware:
    """Name the answered request in a cookie.

    A fault, a refusal at the door and a detour to the sign-in page answer nothing: the text stays kept.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Stand before the views."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the view answer, then name the request."""
        response = self.get_response(request)
        if request.method == "POST" and _is_answer(response) and (request_id := _request_id(request)):
            response.set_cookie(COOKIE, request_id, max_age=MINUTES * 60, samesite="Lax", secure=request.is_secure())
        return response


def _is_answer(response: HttpResponse) -> bool:
    if response.status_code == 422:
        return True
    away = response.headers.get("Location", "").startswith(resolve_url(settings.LOGIN_URL))
    return response.status_code < 400 and not away


def _request_id(request: HttpRequest) -> str:
    try:
        return str(uuid.UUID(request.POST.get("request_id", "")))
    except ValueError:
        return ""
