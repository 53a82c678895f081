"""The one function a list view calls."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers

from anwei.core.lists.export import export
from anwei.core.lists.page import DENSITIES, ListPage
from anwei.core.lists.render import show

DENSITY_COOKIE = "anwei_density"
YEAR = 365 * 24 * 3600


def respond(
    request: HttpRequest,
    declared: ListPage,
    rows: "QuerySet[Any]",
    *,
    may_export: bool = False,
    template: str = "anwei/list.html",
    context: Mapping[str, Any] | None = None,
) -> HttpResponseBase:
    """Answer with the list page, with its region alone when htmx asks for that, or with a spreadsheet.

    ``rows`` is already narrowed to what the actor may see. ``context`` goes to the template (``title``, ``actions`` …).

    :raises PermissionDenied: an export is asked for without the right
    """
    kind = request.GET.get("export", "")
    if kind in ("xlsx", "csv"):
        if not may_export:
            raise PermissionDenied
        return export(declared, rows, request.GET, kind)
    density = request.GET.get("density", "") or request.COOKIES.get(DENSITY_COOKIE, "")
    page = show(declared, rows, request.GET, density=density, may_export=may_export)
    part = request.headers.get("HX-Target") == "list" and "HX-History-Restore-Request" not in request.headers
    if part:  # without the context processors: the menu is not drawn again
        answer = HttpResponse(render_to_string("anwei/_list.html", {"page": page, "part": True, "csrf_token": get_token(request)}))
    else:
        answer = render(request, template, {**(context or {}), "page": page})
    patch_vary_headers(answer, ["HX-Target", "HX-History-Restore-Request"])
    if part:
        answer["HX-Push-Url"] = f"{request.path}{page.address}"
    if request.GET.get("density") in DENSITIES:
        answer.set_cookie(DENSITY_COOKIE, page.density, max_age=YEAR, samesite="Lax")
    return answer
