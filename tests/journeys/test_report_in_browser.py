"""A ward reports by scan and a clerk takes in, in a real browser: with and without script, within the promised number of actions."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize, expect

from anwei.equipment.devices.tests.factory import make_sticker
from anwei.foundation.accounts.models import User
from anwei.workorders.intake.models import FaultRequest
from anwei.workorders.intake.tests.factory import make_clerk, make_request, make_ward, picture
from anwei.workorders.orders.models import WorkOrder

pytestmark = pytest.mark.browser
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1440, "height": 900}
WORDS = {
    "zh-hans": {"chip": "一直报警", "send": "提交报修", "said": "已收到，客服马上处理", "urge": "催一下", "urged": "催过我们"},
    "en": {"chip": "Alarm will not stop", "send": "Send the report", "said": "We have your report and look at it now",
           "urge": "Remind us", "urged": "You reminded us"},
}  # fmt: skip
SCREENS = os.environ.get("ANWEI_SCREENS", "")


class Hand:
    """Does things on a page and counts them: a click or a field is one action each, however long what is typed."""

    def __init__(self) -> None:
        self.actions = 0

    def click(self, where: Locator) -> None:
        self.actions += 1
        where.click()

    def type(self, where: Locator, text: str) -> None:
        self.actions += 1
        where.fill(text)


def shoot(page: Page, name: str) -> None:
    """Keep a picture where one is wanted."""
    if SCREENS:
        page.screenshot(path=Path(SCREENS) / f"{name}.png", full_page=True)


def phone(browser: Browser, language: str, *, script: bool) -> BrowserContext:
    context = browser.new_context(viewport=PHONE, java_script_enabled=script, locale="zh-CN" if language == "zh-hans" else "en-GB")
    context.add_cookies([{"name": "language", "value": language, "url": "http://127.0.0.1"}])
    return context


def desk(browser: Browser, site: str, username: str) -> Page:
    """Open a window in which somebody is signed in."""
    user, session = User.objects.get(username=username), SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    assert session.session_key
    context = browser.new_context(viewport=DESK)
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": site}])
    return context.new_page()


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_ward_reports_with_two_taps_and_one_field_and_sees_the_status_with_none(browser, site, language, script) -> None:
    sticker, words = make_sticker(make_ward(room="3 床")), WORDS[language]
    context, hand = phone(browser, language, script=script), Hand()
    page = context.new_page()
    strangers: list[str] = []
    page.on("request", lambda request: strangers.append(request.url) if not request.url.startswith(site) else None)
    page.goto(f"{site}/q/{sticker.code}/")
    shoot(page, f"report-{language}")
    hand.click(page.locator("label.choice", has_text=words["chip"]))
    hand.type(page.locator("#phone"), "138 0000 0417")
    hand.click(page.get_by_role("button", name=words["send"]))
    expect(page.locator(".big-say")).to_have_text(words["said"])
    assert hand.actions == 3 and FaultRequest.objects.get().phone == "138 0000 0417"
    shoot(page, f"status-{language}")
    page.goto(f"{site}/q/{sticker.code}/")
    expect(page.locator(".big-say")).to_have_text(words["said"])
    page.get_by_role("button", name=words["urge"]).click()
    expect(page.locator(".answer.blue")).to_contain_text(words["urged"])
    page.goto(f"{site}/q/{sticker.code}/?again")
    assert page.input_value("#phone") == "138 0000 0417"
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"] if script else True
    assert not strangers
    context.close()


def test_a_photo_is_made_small_on_the_phone(browser, site) -> None:
    sticker = make_sticker(make_ward())
    context = phone(browser, "zh-hans", script=True)
    page = context.new_page()
    page.goto(f"{site}/q/{sticker.code}/")
    page.locator("label.choice", has_text="一直报警").click()
    page.set_input_files("input[type=file]", {"name": "big.jpg", "mimeType": "image/jpeg", "buffer": picture(3000)})
    expect(page.locator("[data-photo]")).to_contain_text("已拍")
    expect(page.locator("input[type=file]")).to_have_js_property("value", "C:\\fakepath\\photo.jpg")
    page.get_by_role("button", name="提交报修").click()
    expect(page.locator(".big-say")).to_have_text("已收到，客服马上处理")
    assert FaultRequest.objects.get().photos.get().file.width == 1600
    context.close()


def test_a_call_is_taken_in_with_at_most_eight_actions(browser, site) -> None:
    device = make_ward()
    make_clerk(device)
    page, hand = desk(browser, site, "clerk"), Hand()
    page.goto(f"{site}/intake/")
    hand.click(page.get_by_role("link", name="登记来电"))
    hand.type(page.locator("#q"), device.serial[-4:])
    hand.click(page.locator("#found a", has_text=device.serial))
    hand.click(page.locator("label.choice", has_text="漏气").first)
    hand.click(page.locator("label.choice", has_text="病人未受影响"))
    hand.click(page.locator("label.choice", has_text="已停用"))
    expect(page.locator("#urgency")).to_contain_text("紧急")
    hand.type(page.locator("input[name=phone]"), "027-8378 2519")
    shoot(page, "phone")
    hand.click(page.get_by_role("button", name="新建并排队"))
    page.wait_for_url("**/orders/*/")
    assert hand.actions <= 8
    order = WorkOrder.objects.get()
    assert (order.state, order.priority, order.reporter_phone) == ("accepted", "urgent", "027-8378 2519")


def test_a_clerk_takes_a_request_in_and_joins_the_next(browser, site) -> None:
    device = make_ward(room="3 床")
    make_clerk(device)
    make_request(device, text="自检时漏气，换了回路还是一样", photo=picture(300), name="周敏")
    page = desk(browser, site, "clerk")
    page.goto(f"{site}/")
    shoot(page, "queue")
    page.get_by_role("link", name="一直报警").click()
    expect(page.locator(".thumbs img")).to_be_visible()
    shoot(page, "request")
    page.set_viewport_size(PHONE)
    shoot(page, "request-narrow")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.set_viewport_size(DESK)
    page.locator("summary", has_text="直接答复").click()
    expect(page.get_by_role("button", name="电话解决")).to_be_in_viewport()
    shoot(page, "answer")
    page.locator("summary", has_text="直接答复").click()
    page.get_by_role("button", name="受理并排队").click()
    page.wait_for_url("**/orders/*/")
    expect(page.locator("section", has_text="自检时漏气").first).to_be_visible()
    shoot(page, "order")
    second = make_request(device, symptom="ven.s5")
    page.goto(f"{site}/intake/{second.pk}/")
    shoot(page, "double")
    page.get_by_role("button", name="并入那张单").click()
    page.wait_for_url("**/orders/*/")
    assert WorkOrder.objects.count() == 1


def test_other_pages_of_the_portal_fit_a_phone(browser, site) -> None:
    device = make_ward(room="3 床")
    sticker, blank = make_sticker(device), make_sticker()
    page = phone(browser, "zh-hans", script=True).new_page()
    for name, address in (("unknown", "/q/AAAA/"), ("blank", f"/q/{blank.code}/"), ("other", f"/q/{sticker.code}/?other")):
        page.goto(f"{site}{address}")
        expect(page.get_by_role("link", name="拨打 400-WH")).to_be_visible()
        shoot(page, name)
