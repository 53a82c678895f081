"""Who calls, and how an operation is performed for a program."""

import re
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer
from pydantic import BaseModel

from anwei.core.actor import Actor
from anwei.core.doors.arguments import Malformed, loader, show
from anwei.core.operation import Answer, Operation, deliver
from anwei.foundation.accounts.operations import hash_secret
from anwei.foundation.accounts.queries import actor_of_token

KEY = re.compile(r"[\x21-\x7e]{1,100}")


class TokenAuth(HttpBearer):
    """A token in the Authorization header."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """Return who the token acts as, or None."""
        return actor_of_token(hash_secret(token), datetime.now(UTC)) if token.isascii() else None


def session_auth(request: HttpRequest) -> Actor | None:
    """Let the pages' own scripts and the self-hosted docs call as who is signed in (CSRF is checked by the middleware)."""
    actor: Actor | None = getattr(request, "actor", None)
    return actor.at("api") if actor else None


def perform(request: HttpRequest, op: Operation[..., Any], form: BaseModel) -> Answer:
    """Perform an operation with a checked form and return the answer, new or stored.

    :raises Malformed: the idempotency key cannot be used
    :raises Refusal: refused, and no key was given
    """
    actor: Actor = request.auth  # type: ignore[attr-defined]
    key = request.headers.get("Idempotency-Key", "")
    if key and not KEY.fullmatch(key):
        raise Malformed(summary="Idempotency-Key: 1 to 100 visible ASCII characters", errors=[])
    return deliver(op, actor, loader(op, form, actor), lambda result: show(result, actor), request_id=key, body=request.body)[0]
