"""The whole repair in a real browser, in both languages: a ward's phone, four desks, an engineer's phone, the auditor."""

import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlparse

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from anwei.core.registers import registers
from anwei.equipment.devices.operations import amend
from anwei.foundation.accounts.operations import set_language
from anwei.foundation.accounts.operations.users import Language
from anwei.foundation.accounts.queries import system_actor
from anwei.workorders.intake.models import FaultRequest
from anwei.workorders.orders.models import WorkOrder
from tests.journeys.company import Company, make_company
from tests.journeys.visit import answer_all, fit, sign

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]
SCREENS = Path(__file__).parents[1] / "screens"
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1440, "height": 900}


class Journey:
    """Windows of several people, each looked at: no serious axe finding, nothing from a foreign host."""

    def __init__(self, browser: Browser, site: str, company: Company, language: Language) -> None:
        self.browser, self.site, self.company, self.language = browser, site, company, language
        self.strangers: list[str] = []
        self.contexts: list[BrowserContext] = []

    def window(self, name: str = "", *, small: bool = False) -> Page:
        """Open a window, signed in as somebody."""
        locale = "zh-CN" if self.language == "zh-hans" else "en-GB"
        context = self.browser.new_context(viewport=PHONE if small else DESK, locale=locale, has_touch=small, is_mobile=small)
        context.add_cookies([{"name": "language", "value": self.language, "url": self.site}])
        if name:
            client = Client()
            client.force_login(self.company.users[name])
            context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": self.site}])
        context.on("request", lambda request: self._meet(request.url))
        self.contexts.append(context)
        return context.new_page()

    def _meet(self, url: str) -> None:
        if urlparse(url).scheme in ("http", "https") and not url.startswith(self.site):
            self.strangers.append(url)

    def look(self, page: Page, name: str) -> None:
        """Keep a picture, and let axe look too."""
        SCREENS.mkdir(exist_ok=True)
        page.wait_for_load_state("networkidle")
        page.screenshot(path=SCREENS / f"repair-{self.language}-{name}.png", full_page=True)
        found = [v for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")]
        assert not found, [(v["id"], v["nodes"][0]["html"]) for v in found]


@pytest.fixture(params=["zh-hans", "en"])
def journey(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Journey]:
    company = make_company()
    made = Journey(browser, site, company, request.param)
    speak(company, request.param)
    amend(actor=system_actor("test"), device=company.device, has_no_udi=True, at=timezone.now())
    yield made
    for context in made.contexts:
        context.close()


def speak(company: Company, language: Language) -> None:
    """Let everybody read in one language."""
    for user in company.users.values():
        set_language(actor=system_actor("test"), user=user, language=language)


def test_a_repair_from_scan_to_the_auditor(journey: Journey) -> None:
    company = journey.company
    nurse = journey.window(small=True)
    nurse.goto(f"{journey.site}/q/{company.sticker.code}/")
    journey.look(nurse, "1-report")
    nurse.locator("label.choice").first.tap()
    nurse.locator("input[name=harm][value=none]").check(force=True)
    nurse.locator("#phone").fill("13800000417")
    nurse.locator("button[type=submit].primary").tap()
    expect(nurse.locator(".big-say")).to_be_visible()
    journey.look(nurse, "2-status")

    clerk = journey.window("clerk")
    clerk.goto(f"{journey.site}/intake/{FaultRequest.objects.get().pk}/")
    journey.look(clerk, "3-intake")
    clerk.locator("button.primary").click()
    expect(clerk.locator("h1")).to_be_visible()
    order = WorkOrder.objects.get()
    assert order.state == "accepted"

    dispatcher = journey.window("dana")
    dispatcher.goto(f"{journey.site}/dispatch/?order={order.pk}")
    journey.look(dispatcher, "4-dispatch")
    dispatcher.locator("form.why button.primary").click()
    expect(dispatcher.locator(".toast").first).to_be_visible()
    order.refresh_from_db()
    assert order.state == "assigned" and order.engineer == company.engineer

    on_site(journey, order)
    released_and_settled(journey, order)
    told(journey, order, nurse)
    assert not journey.strangers
    assert {i.name: i.broken() for i in registers.invariants if not i.name.startswith("trail.") and i.broken()} == {}


def becomes(order: WorkOrder, state: str) -> None:
    """Wait until the server has moved the order."""
    deadline = time.monotonic() + 30
    while order.state != state and time.monotonic() < deadline:
        time.sleep(0.1)
        order.refresh_from_db()
    assert order.state == state


def on_site(journey: Journey, order: WorkOrder) -> None:
    """The engineer's phone: four taps to work, the checklist, the signature, the end."""
    company, phone = journey.company, journey.window("tom", small=True)
    phone.goto(f"{journey.site}/field/")
    journey.look(phone, "5-today")
    for state in ("engineer_accepted", "travelling", "on_site", "working"):
        button = phone.locator(".p-act .primary")
        words = button.inner_text()
        button.tap()
        becomes(order, state)
        expect(button).not_to_have_text(words)
        phone.wait_for_load_state("networkidle")
    phone.goto(f"{journey.site}/field/job/{order.pk}/")
    journey.look(phone, "6-job")
    fit(company, order)
    answer_all(company, order)
    sign(company, order)
    phone.goto(f"{journey.site}/field/job/{order.pk}/finish/")
    journey.look(phone, "7-finish")
    if not phone.locator("#id_work_done").input_value():
        phone.locator("#id_work_done").fill("更换流量传感器，测试合格")
    phone.locator(".p-act .primary").tap()
    becomes(order, "repaired")


def press(page: Page, journey: Journey) -> None:
    """Press the page's one primary button, and confirm where it asks."""
    page.locator("main .btn.primary, main button.primary").first.click()
    dialog = page.locator("dialog[open] .primary, dialog[open] .danger")
    if dialog.count():
        dialog.first.click()
    page.wait_for_load_state("networkidle")


def released_and_settled(journey: Journey, order: WorkOrder) -> None:
    """Another person releases, finance settles, bills and is paid."""
    quality = journey.window("quinn")
    quality.goto(f"{journey.site}/quality/{order.pk}/")
    journey.look(quality, "8-release")
    press(quality, journey)
    becomes(order, "released")
    order.device.refresh_from_db()
    assert not order.device.is_blocked

    finance = journey.window("fay")
    finance.goto(f"{journey.site}/settlement/{order.settlement.pk}/")
    journey.look(finance, "9-settlement")
    press(finance, journey)
    becomes(order, "settled")
    finance.goto(f"{journey.site}/settlement/{order.settlement.pk}/")
    finance.wait_for_load_state("networkidle")
    finance.locator("form[action*='/billing/issue/'] button").click()
    expect(finance).to_have_url(re.compile("/billing/"))
    bill = order.settlement.invoices.get()
    finance.goto(f"{journey.site}/billing/{bill.pk}/")
    finance.locator("[name=reference]").fill("BANK-1")
    finance.locator("form[action*='/payment/'] button").click()
    finance.wait_for_load_state("networkidle")
    journey.look(finance, "10-invoice")
    assert bill.payments.get().amount == bill.gross


def told(journey: Journey, order: WorkOrder, nurse: Page) -> None:
    """The report is delivered, the order is closed, the auditor reads the story, the ward sees that it is done."""
    quality = journey.window("quinn")
    for action in ("report", "close"):
        quality.goto(f"{journey.site}/quality/{order.pk}/")
        quality.locator(f"form[action*='/{action}/'] button").first.click()
        quality.wait_for_load_state("networkidle")
    becomes(order, "closed")
    auditor = journey.window("ingo")
    auditor.goto(f"{journey.site}/orders/{order.pk}/")
    journey.look(auditor, "11-order")
    auditor.goto(f"{journey.site}/audit/story/orders.WorkOrder/{order.pk}/")
    journey.look(auditor, "12-story")
    for name in ("Clerk", "Dana", "Tom", "Quinn", "Fay"):
        expect(auditor.locator("main")).to_contain_text(name)
    nurse.reload()
    journey.look(nurse, "13-done")
