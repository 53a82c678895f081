"""What the phone posts: a deed with the phone's own time, answered with the next page or with the page it came from and a reason."""

from datetime import datetime
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware

from anwei.core.doors.arguments import Malformed, told_time
from anwei.core.errors import Refusal
from anwei.core.operation import Operation
from anwei.core.pages import PageRequest, attempt, perform, tell


def device_time(request: PageRequest) -> datetime:
    """Return when it happened by the phone's clock, or now where no script told it.

    :raises Malformed: what was sent is no time
    :raises TimeOutOfBounds: the phone's clock is wrong, or it lies too far back
    """
    given = str(request.POST.get("at", ""))
    at = _time(given) if given else None
    if given and at is None:
        raise Malformed.of([{"field": "at", "reason": given[:40]}])
    return told_time(at, request.actor)


def _time(given: str) -> datetime | None:
    try:
        at = parse_datetime(given)
    except ValueError:
        return None
    return at if at and is_aware(at) else None


def post(request: PageRequest, op: Operation[..., Any], /, **kwargs: Any) -> Refusal | None:
    """Perform an operation at the phone's time; return why it was refused, or None when it is done.

    :raises Refusal: the actor lacks the right, or the record is not theirs to see
    """
    try:
        perform(request, op, at=device_time(request), **kwargs)
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        return refusal
    return None


def post_form(request: PageRequest, form: BaseForm, op: Operation[..., Any], /, **kwargs: Any) -> bool:
    """Perform an operation for a valid form at the phone's time; a refusal is told on the form and gives False.

    :raises Refusal: the actor lacks the right, or the record is not theirs to see
    """
    try:
        at = device_time(request)
    except Refusal as refusal:
        tell(form, refusal)
        return False
    return attempt(request, form, op, at=at, **kwargs) is not None


def wants(request: HttpRequest) -> bool:
    """Say whether a form was posted."""
    return request.method == "POST"
