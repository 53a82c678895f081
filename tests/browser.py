"""A browser, and the system before it. One driver for all tests of a process: two of them do not share a loop."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Browser, expect, sync_playwright

import anwei
from anwei.core.translations import compile_catalogues
from tests.serving import served

CHROMIUM = "/usr/bin/chromium"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the browser of the machine."""
    if not Path(CHROMIUM).exists():
        pytest.skip("no chromium on this machine")
    compile_catalogues(Path(anwei.__file__).parent)
    # the driver keeps a loop running in the thread of the tests, in which they also ask the database
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    expect.set_options(timeout=20_000)  # the machine may be busy
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def site(committed: str, settings: Any) -> Iterator[str]:
    """Serve the system on a database of its own and give its address; nobody tells its pages what changed."""
    settings.LIVE_PORT = 0
    with served(StaticFilesHandler(get_wsgi_application())) as port:
        yield f"http://127.0.0.1:{port}"
