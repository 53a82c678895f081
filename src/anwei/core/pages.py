"""What office and outer pages share: who may open them, how they perform a deed, and how a refused form comes back with its text."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from hashlib import sha256
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, cast
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils import timezone

from anwei.core.actor import Actor
from anwei.core.doors.arguments import Malformed, show
from anwei.core.errors import NoRight, Refusal, StoredRefusal
from anwei.core.operation import Operation, deliver

P = ParamSpec("P")
R = TypeVar("R")


class PageRequest(HttpRequest):
    """A request of somebody who is signed in and holds the right of the page."""

    actor: Actor


Inner = Callable[Concatenate[PageRequest, P], HttpResponseBase]
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def page(*, right: str) -> Callable[[Inner[P]], View[P]]:
    """Open a view to those who hold a right: others are led to the sign-in page, or refused when signed in.

    The right stands on the view as `view.right`, where the matrix reads it.
    """

    def wrap(view: Inner[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            signed_in = cast(PageRequest, request)
            if getattr(request, "actor", None) is None:
                return _to_sign_in(request)
            if not signed_in.actor.may(right):
                raise NoRight(verb=request.path)
            return view(signed_in, *args, **kwargs)

        guarded.right = right  # type: ignore[attr-defined]
        return cast(View[P], guarded)

    return wrap


def public_page(reason: str) -> Callable[[View[P]], View[P]]:
    """Open a view to everybody; the reason stands in the matrix as `view.public`."""

    def wrap(view: View[P]) -> View[P]:
        view.public = reason  # type: ignore[attr-defined]
        return view

    return wrap


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    after = f"?{urlencode({'next': request.get_full_path()})}" if request.method in ("GET", "HEAD") else ""
    target = resolve_url(settings.LOGIN_URL) + after
    if request.headers.get("HX-Request"):  # htmx would swap the sign-in page into a fragment
        return HttpResponse(status=204, headers={"HX-Redirect": resolve_url(settings.LOGIN_URL)})
    return HttpResponseRedirect(target)


@dataclass(frozen=True, slots=True)
class Performed(Generic[R]):
    """What a deed gave a page. Sent twice with the same request id, `result` is None and `body` the stored first answer."""

    result: R | None
    body: Any
    replayed: bool

    @property
    def id(self) -> UUID:
        """The key of the record that the deed returned, also when it was sent twice."""
        return UUID(self.body["id"])


def perform(request: HttpRequest, op: Operation[..., R], /, **kwargs: Any) -> Performed[R]:
    """Perform an operation for a posted form, once per `request_id` that the form carries.

    The actor is the one who is signed in unless one is given; `at` is now unless it is given. A hidden field `version`
    (`core.tables.version_of` the record) refuses a form that was opened before somebody else's change.

    :raises Refusal: as the operation refuses; a repeated form gets the first refusal again
    """
    actor: Actor = kwargs.pop("actor", None) or request.actor  # type: ignore[attr-defined]
    if "at" in op.signature.parameters:
        kwargs.setdefault("at", timezone.now())
    answer, result = deliver(
        op,
        actor,
        lambda: dict(kwargs),
        lambda made: show(made, actor),
        request_id=_request_id(request),
        body=posted(request),
        version=str(request.POST.get("version", "")),
    )
    if answer.status >= 400:
        raise answer.refusal or StoredRefusal(answer.status, answer.body["code"], answer.body["detail"])
    return Performed(result, answer.body, answer.replayed)


def _request_id(request: HttpRequest) -> str:
    given = str(request.POST.get("request_id", ""))
    try:
        return str(UUID(given)) if given else ""
    except ValueError as error:
        raise Malformed.of([{"field": "request_id", "reason": str(error)}]) from error


def posted(request: HttpRequest) -> bytes:
    """Return what a form says, as bytes that are equal when the same form is sent twice: address, fields and files."""
    fields = [(name, request.POST.getlist(name)) for name in sorted(request.POST) if name not in ("csrfmiddlewaretoken", "request_id")]
    files = [(name, [_fingerprint(file) for file in request.FILES.getlist(name)]) for name in sorted(request.FILES)]
    return json.dumps([request.path, fields, files]).encode()


def _fingerprint(file: Any) -> tuple[str, str]:
    content = sha256()
    for chunk in file.chunks():
        content.update(chunk)
    file.seek(0)
    return file.name, content.hexdigest()


def attempt(request: HttpRequest, form: BaseForm, op: Operation[..., R], /, **kwargs: Any) -> Performed[R] | None:
    """Perform an operation for a valid form; a refusal by rule is told on the form, with the typed text kept, and gives None.

    :raises Refusal: the actor lacks the right, or the record is not theirs to see
    """
    try:
        return perform(request, op, **kwargs)
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        tell(form, refusal)
        return None


def tell(form: BaseForm, refusal: Refusal) -> None:
    """Put the sentence of a refusal on a form, beside the field that it names if the form has it."""
    named = refusal.values.get("field")
    form.add_error(named if isinstance(named, str) and named in form.fields else None, str(refusal))


def refusal_of(request: HttpRequest, op: Operation[..., Any], /, **kwargs: Any) -> Refusal | None:
    """Perform an operation for a form of one button; return what refused it by rule, None when it was done.

    :raises Refusal: the actor lacks the right, or the record is not theirs to see
    """
    try:
        perform(request, op, **kwargs)
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        return refusal
    return None


def form_page(
    request: HttpRequest, form: BaseForm, template: str = "anwei/form.html", context: Mapping[str, Any] | None = None
) -> HttpResponse:
    """Return a page with a form; a form that was refused answers 422 with what was typed."""
    return render(request, template, {"form": form, **(context or {})}, status=422 if form.errors else 200)
