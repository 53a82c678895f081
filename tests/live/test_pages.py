"""Open pages in a real browser: what another process changes appears by itself, and nothing typed is lost."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from anwei.foundation.accounts.queries import system_actor
from anwei.inventory.demands.tests.factory import serving
from anwei.inventory.parts.tests.factory import make_part
from anwei.inventory.stock.tests.factory import make_place, make_stock
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.visits.operations import accept, request_part
from tests.journeys.company import Company
from tests.journeys.visit import at_work, send_out
from tests.live.conftest import live_process, session_of

pytestmark = pytest.mark.browser
SCREENS = Path(__file__).parents[1] / "screens"
ON = "() => document.documentElement.dataset.live === 'on'"
Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, site: str, company: Company) -> Iterator[Open]:
    """Open a page as somebody; none of them asks another host, and none is loaded again behind the back of its reader."""
    pages: list[Page] = []
    strangers: list[str] = []

    def opened(name: str, path: str, *, width: int = 1440) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, base_url=site)
        context.add_cookies([{"name": "sessionid", "value": session_of(company.users[name]), "url": site}])
        context.on("request", lambda request: None if "//127.0.0.1:" in request.url else strangers.append(request.url))
        page = context.new_page()
        page.goto(path)
        page.evaluate("() => { window.never = 'loaded again' }")
        pages.append(page)
        return page

    yield opened
    for page in pages:
        assert page.evaluate("() => window.never") == "loaded again"
        page.context.close()
    assert not strangers


@pytest.fixture
def told(site: str, settings: Any) -> Iterator[int]:
    """Let the pages be told by a live process of their own."""
    with live_process(int(site.rpartition(":")[2])) as port:
        settings.LIVE_PORT = port
        yield port


def accepted(company: Company, order: WorkOrder) -> None:
    """Let the engineer accept the job, on another machine."""
    accept(actor=company.actor("tom"), order=order, at=timezone.now())


def test_an_open_order_and_an_open_board_show_what_others_do(told: int, company: Company, open_page: Open) -> None:
    order = send_out(company)
    page, board, job = (
        open_page("dana", f"/orders/{order.pk}/"), open_page("dana", "/dispatch/"), open_page("tom", f"/field/job/{order.pk}/", width=390),
    )  # fmt: skip
    for one in (page, board, job):
        one.wait_for_function(ON)
    before = board.locator(".gantt").inner_html()
    accepted(company, order)
    expect(page.locator(".head .pill")).to_contain_text("已接单")
    expect(page.locator(".spine")).to_contain_text("接单")
    expect(job.locator(".p-act .primary")).to_contain_text("出发")
    expect(board.locator(".gantt")).not_to_have_js_property("innerHTML", before)


def test_what_somebody_types_is_not_drawn_over(told: int, company: Company, open_page: Open) -> None:
    order = send_out(company)
    page = open_page("dana", f"/orders/{order.pk}/")
    page.wait_for_function(ON)
    note = page.locator("textarea[name=text]")
    note.fill("先打电话再去")
    accepted(company, order)
    expect(page.locator(".head .pill")).to_contain_text("已接单")  # what nobody types in is drawn
    expect(page.locator("#live-note")).to_be_visible()
    SCREENS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENS / "live-note.png")
    expect(note).to_have_value("先打电话再去")
    expect(note).to_be_focused()
    note.fill("")
    page.locator("h1").click()
    expect(page.locator("#live-note")).to_be_hidden()


def test_a_list_of_orders_is_drawn_again_with_its_filter(told: int, company: Company, open_page: Open) -> None:
    page = open_page("dana", "/orders/")
    page.wait_for_function(ON)
    order = send_out(company)
    expect(page.locator("#list")).to_contain_text(order.number)


def test_where_nobody_tells_the_page_looks_by_itself(company: Company, open_page: Open) -> None:
    order = send_out(company)
    page = open_page("dana", f"/orders/{order.pk}/")
    accepted(company, order)
    expect(page.locator(".head .pill")).to_contain_text("已接单", timeout=60_000)


@pytest.fixture
def worker(committed: str) -> Iterator[None]:
    """Run a worker beside the pages."""
    process = subprocess.Popen([sys.executable, "-m", "anwei.config.main", "worker"], env=os.environ | {"ANWEI_DEBUG": ""})
    yield
    process.kill()
    process.wait()


@pytest.mark.usefixtures("worker")
def test_the_board_and_the_engineers_phone_show_that_the_part_came_in(told: int, company: Company, open_page: Open) -> None:
    part, store = make_part(), make_place("store", "武汉中心库", branch=company.branch)
    order = at_work(company)
    request_part(actor=company.actor("tom"), order=order, part=part, at=timezone.now(), wait=True)
    board, job = open_page("dana", "/dispatch/"), open_page("tom", f"/field/job/{order.pk}/", width=390)
    for one in (board, job):
        one.wait_for_function(ON)
    first = board.locator(".board > aside").first
    expect(first).to_contain_text("等件 0/1")
    expect(job.locator("#main")).to_contain_text("等件")
    SCREENS.mkdir(exist_ok=True)
    board.screenshot(path=SCREENS / "waking-board-before.png")
    job.screenshot(path=SCREENS / "waking-job-before.png", full_page=True)
    make_stock(part, store)
    put_away = time.monotonic()
    serving(actor=system_actor("test"), part=part, place=store)
    expect(first).to_contain_text("配件已到")
    shown = time.monotonic()
    expect(job.locator("#main")).to_contain_text("预留在武汉中心库")
    expect(job.locator("#main")).to_contain_text("待派工")
    print(f"shown after {shown - put_away:.1f} s on the board, {time.monotonic() - put_away:.1f} s on the phone")
    board.screenshot(path=SCREENS / "waking-board-after.png")
    job.screenshot(path=SCREENS / "waking-job-after.png", full_page=True)
