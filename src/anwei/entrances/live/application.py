"""The live process as a server loads it: `GET /live/?t=TOPIC&t=…` answers with a stream of server-sent events (WHATWG HTML 9.2).

Two database connections, however many streams there are: one that listens, one that looks up who may hear what.
"""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings

from anwei.entrances.live.access import heard
from anwei.entrances.live.hub import Hub, Listener

MOST_STREAMS, MOST_TOPICS = 4000, 50
BEAT = 20.0  # seconds between signs of life, so that nobody in between closes a quiet stream
LONGEST = 600.0  # seconds of a stream: then the browser comes again, and who it is is asked anew

Message = dict[str, Any]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]


class Live:
    """The application."""

    def __init__(self) -> None:
        self.hub = Hub()
        self.asker = ThreadPoolExecutor(1)
        self.ear: asyncio.Task[None] | None = None

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        while (await receive())["type"] != "lifespan.shutdown":
            self.ear = asyncio.create_task(self.hub.listen(os.environ["ANWEI_DSN_APP"]))
            await send({"type": "lifespan.startup.complete"})
        if self.ear:
            self.ear.cancel()
        await send({"type": "lifespan.shutdown.complete"})

    async def _answer(self, scope: Message, receive: Receive, send: Send) -> None:
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        query = parse_qs(scope["query_string"].decode("latin-1"))
        origin = _allowed_origin(headers)
        if scope["method"] != "GET" or scope["path"].rstrip("/") not in ("", "/live") or origin is None:
            return await _end(send, 404, "")
        if self.hub.listeners >= MOST_STREAMS:
            return await _end(send, 503, origin)
        asked = query.get("t", [])[:MOST_TOPICS]
        topics = await asyncio.get_running_loop().run_in_executor(self.asker, heard, _session(headers.get("cookie", "")), asked)
        if not topics:
            return await _end(send, 204, origin)  # which tells a browser not to come again
        listener = Listener(topics)
        self.hub.join(listener, headers.get("last-event-id", ""), _since(query))
        try:
            await self._stream(listener, origin, receive, send)
        finally:
            self.hub.leave(listener)
        return None

    async def _stream(self, listener: Listener, origin: str, receive: Receive, send: Send) -> None:
        kind = [(b"content-type", b"text/event-stream; charset=utf-8"), (b"cache-control", b"no-store"), (b"x-accel-buffering", b"no")]
        await send({"type": "http.response.start", "status": 200, "headers": [*kind, *_shared(origin)]})
        gone = asyncio.create_task(_until_gone(receive))
        telling = asyncio.create_task(self._tell(listener, send))
        done, left = await asyncio.wait({gone, telling}, return_when=asyncio.FIRST_COMPLETED)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        if telling in done:
            telling.result()
            await send({"type": "http.response.body", "body": b""})

    async def _tell(self, listener: Listener, send: Send) -> None:
        await _write(send, f"retry: 3000\nid: {self.hub.last}\nevent: hello\ndata: {' '.join(sorted(listener.topics))}\n\n")
        end = time.monotonic() + LONGEST
        while time.monotonic() < end:
            if changed := await listener.next(BEAT):
                await _write(send, f"id: {self.hub.last}\nevent: changed\ndata: {' '.join(sorted(changed))}\n\n")
            else:
                await _write(send, ":\n\n")


def _since(query: dict[str, list[str]]) -> float | None:
    with suppress(ValueError):
        return float(query.get("since", [""])[0])
    return None


def _session(cookies: str) -> str:
    try:
        found = SimpleCookie(cookies).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return ""
    return found.value if found else ""


def _allowed_origin(headers: dict[str, str]) -> str | None:
    """Return the origin that may read the answer, "" where the browser asks its own; None if a foreign page asks.

    Our own pages come from the same host, on the port of the web process.
    """
    origin = headers.get("origin", "")
    if not origin:
        return ""
    try:
        page, own = urlsplit(origin), urlsplit(f"//{headers.get('host', '')}")
        same = page.hostname == own.hostname and page.port in (own.port, settings.WEB_PORT)
    except ValueError:
        return None
    return origin if same else None


def _shared(origin: str) -> list[tuple[bytes, bytes]]:
    if not origin:
        return []
    return [(b"access-control-allow-origin", origin.encode()), (b"access-control-allow-credentials", b"true"), (b"vary", b"Origin")]


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _write(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


async def _end(send: Send, status: int, origin: str) -> None:
    await send({"type": "http.response.start", "status": status, "headers": _shared(origin)})
    await send({"type": "http.response.body", "body": b""})
