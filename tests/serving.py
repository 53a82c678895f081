"""The system behind real HTTP, in threads of this process, on the database that a test was given."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server
from wsgiref.types import WSGIApplication

from django.core.wsgi import get_wsgi_application


class Threaded(ThreadingMixIn, WSGIServer):
    """A thread for each connection, and so a database connection of its own."""

    daemon_threads = True
    request_queue_size = 128  # a page's scripts come all at once; who finds the queue full is turned away


class Quiet(WSGIRequestHandler):
    """A handler that writes no log."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def server_of(application: WSGIApplication, port: int = 0) -> WSGIServer:
    """Return a server on this machine's own address; port 0 takes a free one."""
    return make_server("127.0.0.1", port, application, Threaded, Quiet)


@contextmanager
def served(application: WSGIApplication | None = None) -> Iterator[int]:
    """Serve until the block ends, and give the port; every thread has then given its connection back."""
    server = server_of(application or get_wsgi_application())
    listening = threading.Thread(target=server.serve_forever, args=(0.05,))
    listening.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        listening.join()
        server.server_close()
