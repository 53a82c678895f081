"""The live process beside the system, and somebody who listens."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from anwei.foundation.accounts.models import User
from tests.journeys.company import Company, make_company

PATIENCE = 60  # seconds, for a busy machine


@pytest.fixture
def company(committed: str) -> Company:
    """Set up the small company with real commits."""
    return make_company()


def free_port() -> int:
    """Return a port that nobody has."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def live_process(web_port: int = 8000) -> Iterator[int]:
    """Run the live process on the test's database, for pages that come from a port; give its own."""
    port = free_port()
    env = os.environ | {"ANWEI_PORT": str(web_port), "ANWEI_LIVE_PORT": str(port), "ANWEI_LOGIN": "app"}
    process = subprocess.Popen([sys.executable, "-m", "anwei.config.main", "live"], env=env)
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the live process does not answer")


def session_of(user: User) -> str:
    """Sign somebody in and return the key of their session."""
    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value


class Stream:
    """A stream of events, read as a browser reads it."""

    def __init__(self, port: int, session: str, *topics: str, last: str = "", origin: str = "") -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        headers = {"Cookie": f"sessionid={session}"} | ({"Last-Event-ID": last} if last else {}) | ({"Origin": origin} if origin else {})
        query = urlencode([("t", topic) for topic in topics] + [("since", f"{time.time():.3f}")])
        self.connection.request("GET", f"/live/?{query}", headers=headers)
        self.answer = self.connection.getresponse()
        self.status = self.answer.status
        self.id = ""

    def next(self) -> tuple[str, set[str]]:
        """Return the next event: its name and its topics."""
        fields: dict[str, str] = {}
        while line := self.answer.readline():
            text = line.decode().rstrip("\n")
            if text:
                name, _colon, value = text.partition(": ")
                fields[name] = value
            elif "event" in fields:
                self.id = fields["id"]
                return fields["event"], set(fields["data"].split())
            else:
                fields = {}
        raise AssertionError("the stream ended")

    def close(self) -> None:
        """Go away."""
        self.connection.close()


@pytest.fixture
def live_port(committed: str) -> Iterator[int]:
    """Run the live process."""
    with live_process() as port:
        yield port


@pytest.fixture
def listen(live_port: int) -> Iterator[Callable[..., Stream]]:
    """Open streams that are closed at the end."""
    streams: list[Stream] = []

    def opened(user: User | None, *topics: str, **given: Any) -> Stream:
        stream = Stream(live_port, session_of(user) if user else "", *topics, **given)
        streams.append(stream)
        return stream

    yield opened
    for stream in streams:
        stream.close()
