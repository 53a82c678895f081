"""What stands before pages that are open to everybody: no floods, no bodies beyond a photo; told kindly, with a number to call."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from anwei.foundation.accounts.limits import Limit
from anwei.foundation.branches.queries import hotline

LARGEST_BODY = 14_000_000  # bytes: a photo of 12 MB and what is typed
# a ward behind one address of its hospital scans many devices; one code is scanned by few people
LOOKS_OF_ADDRESS = Limit("portal.looks_of_address", rate=2, burst=240)
LOOKS_AT_CODE = Limit("portal.looks_at_code", rate=0.5, burst=40)
POSTS_OF_ADDRESS = Limit("portal.posts_of_address", rate=0.2, burst=40)
POSTS_AT_CODE = Limit("portal.posts_at_code", rate=1 / 60, burst=8)

View = Callable[..., HttpResponseBase]


def fitting(view: View) -> View:
    """Refuse a body that is too large before any of it is read; only then look where a form came from, which reads it."""
    checked = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
            return _too_large(request)
        return checked(request, *args, **kwargs)

    return guarded


def sheltered(view: View) -> View:
    """Refuse a flood, by address and by code, and a body that does not fit."""
    fits = fitting(view)

    @wraps(fits)
    def guarded(request: HttpRequest, code: str) -> HttpResponseBase:
        if seconds := _wait(request, code):
            return _flooded(request, seconds)
        return fits(request, code)

    return guarded


def _wait(request: HttpRequest, code: str) -> int:
    """Take a call, and return after how many seconds it may be made if it may not be made now."""
    posts = request.method == "POST"
    limits = (POSTS_OF_ADDRESS, POSTS_AT_CODE) if posts else (LOOKS_OF_ADDRESS, LOOKS_AT_CODE)
    return max(limit.take(name)[1] for limit, name in zip(limits, (address_of(request), code[:40]), strict=True))


def address_of(request: HttpRequest) -> str:
    """Return where a request came from, seen through as many proxies as the company runs and no more."""
    proxies = settings.AXES_IPWARE_PROXY_COUNT or 0
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    return str(hops[-proxies] if proxies and len(hops) >= proxies else request.META.get("REMOTE_ADDR", ""))


def kindly(request: HttpRequest, status: int, title: str, text: str, **more: Any) -> HttpResponse:
    """Answer with a page that says one thing and offers the telephone; of what was asked for it shows nothing."""
    return render(request, "portal/message.html", {"title": title, "text": text, "hotline": hotline(), **more}, status=status)


def _flooded(request: HttpRequest, seconds: int) -> HttpResponse:
    answer = kindly(
        request, 429, _("Too many reports at once"), _("Please wait a minute and try again. If it is urgent, call us now: we help at once.")
    )
    answer["Retry-After"] = str(seconds)
    return answer


def _too_large(request: HttpRequest) -> HttpResponse:
    text = _("Nothing was sent yet. Go back: what you typed is still there. Leave the photo out or take a smaller one, and send it again.")
    answer = kindly(request, 413, _("The photo is too large"), text)
    answer["Connection"] = "close"  # the rest of the body is not read
    return answer
