"""The system behind real HTTP, in threads of this process, on the database that a test was given."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.core.wsgi import get_wsgi_application

from tests.proofs.callers import JSON, bearer


class Threaded(ThreadingMixIn, WSGIServer):
    """A thread for each connection, and so a database connection of its own."""

    daemon_threads = False
    request_queue_size = 64


class Quiet(WSGIRequestHandler):
    """A handler that writes no log."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


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


@contextmanager
def served() -> Iterator[Door]:
    """Serve until the block ends; every thread has then given its connection back."""
    server = make_server("127.0.0.1", 0, get_wsgi_application(), Threaded, Quiet)
    listening = threading.Thread(target=server.serve_forever, args=(0.05,))
    listening.start()
    try:
        yield Door(server.server_port)
    finally:
        server.shutdown()
        listening.join()
        server.server_close()
