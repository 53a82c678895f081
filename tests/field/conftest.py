"""A phone before the system."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.company import Company, make_company


@pytest.fixture
def company(committed: str) -> Company:
    """Set up the small company with real commits."""
    return make_company()


@pytest.fixture
def phone(browser: Browser, site: str, company: Company) -> Iterator[BrowserContext]:
    """Give Tom's phone, signed in: 390 pixels wide, no request may leave for another host."""
    client = Client()
    client.force_login(company.users["tom"])
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, base_url=site, has_touch=True, is_mobile=True, device_scale_factor=2
    )
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    strangers: list[str] = []
    context.on("request", lambda request: None if request.url.startswith((site, "blob:", "data:")) else strangers.append(request.url))
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
