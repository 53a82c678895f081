"""The whole system in a thread on a database of its own, and a phone before it."""

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.wsgi import get_wsgi_application
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

import anwei
from anwei.core.translations import compile_catalogues
from tests.journeys.company import Company, make_company

CHROMIUM = "/usr/bin/chromium"
compile_catalogues(Path(anwei.__file__).parent)


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the browser of the machine."""
    if not Path(CHROMIUM).exists():
        pytest.skip("no chromium on this machine: the phone is not tried")
    # the browser's loop runs in this thread, and the test reads the database beside it
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def company(committed: str) -> Company:
    """Set up the small company with real commits."""
    return make_company()


@pytest.fixture
def address(committed: str) -> Iterator[str]:
    """Serve the system."""
    server = make_server("127.0.0.1", 0, get_wsgi_application(), _Server, _Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def phone(browser: Browser, address: str, company: Company) -> Iterator[BrowserContext]:
    """Give Tom's phone, signed in: 390 pixels wide, no request may leave for another host."""
    client = Client()
    client.force_login(company.users["tom"])
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, base_url=address, has_touch=True, is_mobile=True, device_scale_factor=2
    )
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}])
    strangers: list[str] = []
    context.on("request", lambda request: None if request.url.startswith((address, "blob:", "data:")) else strangers.append(request.url))
    yield context
    context.close()
    assert not strangers


@pytest.fixture
def taps(phone: BrowserContext) -> Callable[[Page], int]:
    """Count presses on a phone from the first page on."""
    phone.add_init_script(
        "addEventListener('pointerdown', () => sessionStorage.setItem('taps', Number(sessionStorage.getItem('taps') ?? 0) + 1), true)"
    )

    def taken(page: Page) -> int:
        count = int(page.evaluate("sessionStorage.getItem('taps') ?? 0"))
        page.evaluate("sessionStorage.setItem('taps', 0)")
        return count

    return taken
