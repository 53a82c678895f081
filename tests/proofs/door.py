"""What a program sees of a running server."""

import json
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any

from tests.proofs.callers import JSON, bearer


@dataclass(frozen=True)
class Told:
    """An answer as a program sees it."""

    status: int
    body: Any
    headers: dict[str, str]


@dataclass(frozen=True)
class Door:
    """The address of a running server."""

    port: int

    def post(self, verb: str, document: object, key: str, request_id: str = "", **headers: str) -> Told:
        """Perform an operation."""
        sent = {"Content-Type": JSON, **bearer(key), **{name.replace("_", "-"): value for name, value in headers.items()}}
        if request_id:
            sent["Idempotency-Key"] = request_id
        return self.ask("POST", f"/api/v1/operations/{verb}", json.dumps(document).encode(), sent)

    def ask(self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> Told:
        """Ask anything."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            content = response.read()
            return Told(response.status, json.loads(content) if content else None, dict(response.getheaders()))
        finally:
            connection.close()
