"""A visit on a phone 390 pixels wide: tap budgets, and nothing typed is lost when the network is."""

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from anwei.inventory.stock.models import Balance
from anwei.workorders.visits.models import PartUse, Photo, Reading, Signature
from tests.journeys.company import Company
from tests.journeys.visit import answer_all, at_work, fit, go_to_work, picture, send_out

pytestmark = pytest.mark.browser
SCREENS = Path(__file__).parents[1] / "screens"
PILL = "[data-sync-word]"


def look(page: Page, name: str) -> None:
    """Keep a picture of the page for people to look at."""
    SCREENS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENS / f"field-{name}.png", full_page=True)


def button(page: Page, words: str) -> None:
    """Press the one button at the bottom."""
    page.locator(".p-act .primary", has_text=words).tap()


def test_travel_arrive_and_start_take_one_tap_each(phone: BrowserContext, company: Company, taps: Callable[[Page], int]) -> None:
    order = send_out(company)
    page = phone.new_page()
    page.goto("/field/")
    look(page, "today")
    for words, state in (("接单", "engineer_accepted"), ("出发", "travelling"), ("到场", "on_site"), ("开始维修", "working")):
        button(page, words)
        expect(page.locator(".p-act .primary", has_text=words)).to_have_count(0)
        assert taps(page) == 1
        order.refresh_from_db()
        assert order.state == state
    look(page, "job")


def test_a_part_takes_three_taps(phone: BrowserContext, company: Company, taps: Callable[[Page], int]) -> None:
    order = at_work(company)
    page = phone.new_page()
    page.goto(f"/field/job/{order.pk}/?step=parts")
    look(page, "part")
    page.locator(".pieces label", has_text="FS-1").tap()
    page.locator("#id_old_serial").tap()
    page.keyboard.type("FS-0")
    button(page, "装上这个件")
    expect(page.locator(".used")).to_contain_text("FS-1")
    assert taps(page) <= 3
    assert PartUse.objects.get(order=order).old_serial == "FS-0"
    assert Balance.objects.get(place=company.van, serial="FS-1").quantity == 0


def test_a_value_out_of_its_limits_is_red_before_it_is_sent(phone: BrowserContext, company: Company) -> None:
    order = at_work(company)
    fit(company, order)
    page = phone.new_page()
    page.goto(f"/field/job/{order.pk}/?step=verify")
    box = page.locator("[data-reading]", has=page.locator("[name='vent_volume.vt500']"))
    expect(box.locator("[data-out]")).to_be_hidden()
    box.locator("[name='vent_volume.vt500']").fill("412")
    expect(box).to_have_class(re.compile("bad"))
    expect(box.locator("[data-out-word]")).to_contain_text("低于下限 13 mL")
    page.locator("[data-fill-passes]").tap()
    look(page, "readings")
    button(page, "保存")
    expect(page.locator("[data-refusal]")).to_contain_text("超出限值")
    expect(box.locator("[name='vent_volume.vt500']")).to_have_value("412")
    assert not Reading.objects.filter(task="vent_volume.vt500").exists()
    box.locator("[name='vent_volume.vt500.reason']").fill("院方知情，限制使用")
    button(page, "保存")
    expect(page.locator("[data-refusal]")).to_have_count(0)
    kept = Reading.objects.get(task="vent_volume.vt500")
    assert (kept.verdict, kept.low, kept.instrument) == ("fail", Decimal(425), company.instruments["gas_flow_analyser"])


def test_what_was_typed_survives_a_cut_network_and_a_closed_page(phone: BrowserContext, company: Company) -> None:
    order = at_work(company)
    page = phone.new_page()
    page.goto(f"/field/job/{order.pk}/")
    page.locator("[name='arrive.label']").fill(company.sticker.code)
    page.reload()
    expect(page.locator("[name='arrive.label']")).to_have_value(company.sticker.code)

    phone.set_offline(True)
    page.locator("input[type=file][form='photo-5']").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture()})
    expect(page.locator(PILL)).to_have_text("已存在手机，未上传 (1)")
    button(page, "保存")
    expect(page.locator(PILL)).to_have_text("已存在手机，未上传 (2)")
    expect(page.locator("[data-kept]").first).to_be_visible()
    look(page, "unsent")
    assert not Reading.objects.filter(visit__order=order).exists() and not Photo.objects.filter(order=order).exists()
    page.close()

    phone.set_offline(False)
    page = phone.new_page()
    page.goto("/field/outbox/")
    expect(page.locator(PILL)).to_contain_text("服务器已收到")
    expect(page.locator("[data-outbox-part='received'] .p-row")).to_have_count(2)
    look(page, "outbox")
    reading = Reading.objects.get(visit__order=order, task="arrive.label")
    assert reading.verdict == "pass" and reading.at < reading.created_at
    assert Photo.objects.get(order=order).task == "arrive.before"
    page.goto(f"/field/job/{order.pk}/")
    expect(page.locator("#section [data-restored]")).to_be_hidden()


def test_an_answer_that_was_lost_is_asked_for_again_and_nothing_is_done_twice(phone: BrowserContext, company: Company) -> None:
    order = go_to_work(company, send_out(company), 1)
    page = phone.new_page()
    page.goto(f"/field/job/{order.pk}/")

    def lose(route) -> None:
        route.fetch()  # the server does it; the phone never hears of it
        route.abort()

    page.route("**/move/**", lose)
    button(page, "出发")
    expect(page.locator(PILL)).to_have_text("已存在手机，未上传 (1)")
    page.unroute("**/move/**")
    page.goto("/field/outbox/")
    expect(page.locator(PILL)).to_contain_text("服务器已收到")
    assert order.steps.filter(verb="travel").count() == 1


def test_signing_and_finishing_take_four_taps(phone: BrowserContext, company: Company, taps: Callable[[Page], int]) -> None:
    order = at_work(company)
    answer_all(company, order)
    page = phone.new_page()
    page.goto(f"/field/job/{order.pk}/")
    button(page, "签字")
    pad = page.locator("canvas.pad")
    expect(pad).to_be_visible()
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 40, box["y"] + 120)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 60, steps=6)
    page.mouse.move(box["x"] + 280, box["y"] + 140, steps=6)
    page.mouse.up()
    expect(page.locator("#id_name")).to_have_value("周敏")
    look(page, "sign")
    button(page, "确认签字")
    expect(page.locator("#id_work_done")).to_have_value(re.compile("清洁"))
    look(page, "finish")
    button(page, "完工")
    expect(page.locator(".empty")).to_be_visible()
    assert taps(page) <= 4
    order.refresh_from_db()
    assert order.state == "repaired" and order.fault == "VEN-01"
    width = Signature.objects.get(visit__order=order).file.width
    assert width is not None and width > 300


def test_english_pages_hold_no_chinese_of_ours(phone: BrowserContext, company: Company) -> None:
    order = at_work(company)
    page = phone.new_page()
    page.goto("/field/more/")
    look(page, "more")
    page.get_by_role("button", name="English").tap()
    expect(page.locator("h1")).to_have_text("More")
    page.goto("/field/")
    look(page, "today-en")
    page.goto(f"/field/job/{order.pk}/")
    look(page, "job-en")
    expect(page.locator(".p-act .primary")).to_have_text("Save: Arrival")
