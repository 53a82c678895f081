"""The shapes that every answer of the API may take."""

from typing import Any

from ninja import Schema


class Problem(Schema):
    """An error as RFC 9457 says it: what happened, in the caller's language, and a stable code."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: str
    errors: list[dict[str, Any]] = []


PROBLEMS = {status: Problem for status in (400, 401, 403, 404, 409, 413, 422, 429)}
