"""What the small scripts do under the hand, and what works without them."""

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser):
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    yield context.new_page()
    context.close()


@pytest.fixture
def plain_page(browser: Browser):
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="en-GB", java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_filtering_swaps_the_list_and_keeps_the_address(page: Page, gallery) -> None:
    page.goto(f"{gallery}/list/")
    page.evaluate("window.stayed = true")
    page.fill("#list-q", "E-57")
    expect(page.locator(".foot")).to_contain_text("of 24")
    assert page.url.endswith("/list/?q=E-57")
    assert page.evaluate("document.activeElement.id") == "list-q"
    assert page.evaluate("window.stayed") is True
    assert page.inner_text("#list-said") == "24 found"
    page.click("summary.chip")
    page.locator("label.choice", has_text="Released").click()
    page.get_by_role("button", name="Show", exact=True).first.click()
    expect(page.locator(".empty")).to_contain_text("Nothing passes these filters")
    page.go_back()
    expect(page.locator(".foot")).to_contain_text("of 24")
    assert page.url.endswith("/list/?q=E-57")
    page.keyboard.press("Control+k")
    expect(page.locator("#palette")).to_be_visible()  # the scripts still hold the page that is seen


def test_words_being_composed_do_not_search_yet(page: Page, gallery) -> None:
    page.goto(f"{gallery}/list/")
    typed = """composing => {
        const box = document.getElementById("list-q");
        box.value = "zz";
        box.dispatchEvent(new InputEvent("input", {bubbles: true, isComposing: composing}));
    }"""
    page.evaluate(typed, True)
    page.wait_for_timeout(600)
    assert "?" not in page.url
    page.evaluate(typed, False)
    expect(page.locator(".empty")).to_be_visible()


def test_keys_move_select_and_open(page: Page, gallery) -> None:
    page.goto(f"{gallery}/list/")
    for key in ("j", "j", "x", "j", "x"):
        page.keyboard.press(key)
    expect(page.locator("#bulk")).to_contain_text("2 selected")
    assert page.locator("tr[aria-selected=true]").count() == 2
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url("**/job/*/")
    page.goto(f"{gallery}/list/")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "list-q"


def test_single_keys_can_be_switched_off(page: Page, gallery) -> None:
    page.goto(f"{gallery}/list/")
    page.keyboard.press("?")
    page.locator("[data-keys-switch]").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("j")
    assert page.locator("tr.at").count() == 0


def test_shift_selects_a_range(page: Page, gallery) -> None:
    page.goto(f"{gallery}/list/")
    boxes = page.locator("tbody input[name=id]")
    boxes.nth(1).check()
    boxes.nth(4).click(modifiers=["Shift"])
    expect(page.locator("#bulk")).to_contain_text("4 selected")
    page.locator("[data-select-all]").check()
    expect(page.locator("#bulk")).to_contain_text("12 selected")
    page.get_by_role("button", name="Clear the selection").click()
    expect(page.locator("#bulk")).to_be_hidden()


def test_a_deed_asks_first_and_can_be_undone(page: Page, gallery) -> None:
    page.goto(f"{gallery}/list/")
    page.locator("tbody input[name=id]").first.check()
    page.get_by_role("button", name="Urgent").click()
    page.get_by_role("button", name="Not yet").click()
    expect(page.locator("#confirm")).to_be_hidden()
    expect(page.locator("#bulk")).to_be_visible()
    page.get_by_role("button", name="Urgent").click()
    page.get_by_role("button", name="Yes, do it").click()
    expect(page.locator(".toast")).to_contain_text("Done")
    expect(page.locator(".toast [data-undo]")).to_contain_text("Undo")


def test_the_palette_finds_and_opens_by_keys_alone(page: Page, gallery) -> None:
    page.goto(f"{gallery}/list/")
    page.keyboard.press("Control+k")
    page.keyboard.type("0002")
    expect(page.locator("#palette-hits [aria-selected=true]")).to_contain_text("WH-2611-0002")
    active = page.get_attribute("#palette-q", "aria-activedescendant")
    assert active == page.get_attribute("#palette-hits [aria-selected=true]", "id")
    page.keyboard.press("Enter")
    page.wait_for_url("**/job/2/")


def test_typed_text_survives_a_reload_and_a_lost_connection(page: Page, gallery) -> None:
    page.goto(f"{gallery}/form/")
    page.fill("#id_device", "LB60")
    page.fill("#id_fault", "leaks at self test")
    page.reload()
    assert page.input_value("#id_fault") == "leaks at self test"
    expect(page.locator("[data-restored]")).to_be_visible()
    page.context.set_offline(True)
    page.get_by_role("button", name="Make and queue").click()
    page.wait_for_timeout(300)
    page.context.set_offline(False)
    page.goto(f"{gallery}/form/")
    assert page.input_value("#id_device") == "LB60"


def test_typed_text_is_forgotten_once_the_server_answered(page: Page, gallery) -> None:
    page.goto(f"{gallery}/form/")
    page.fill("#id_device", "LB60")
    page.fill("#id_volume", "412")
    page.locator("label.choice", has_text="Leak").click()
    page.get_by_role("button", name="Make and queue").click()
    page.wait_for_url("**/list/")
    page.goto(f"{gallery}/form/")
    assert page.input_value("#id_device") == ""
    expect(page.locator("[data-restored]")).to_be_hidden()


def test_a_form_with_faults_keeps_its_text_and_is_told_aloud(page: Page, gallery) -> None:
    page.goto(f"{gallery}/form/")
    page.fill("#id_device", "LB60")
    page.get_by_role("button", name="Make and queue").click()
    expect(page.locator(".banner.red")).to_contain_text("Not saved yet")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    assert page.input_value("#id_device") == "LB60"
    assert page.get_attribute("#id_volume", "aria-invalid") == "true"


def test_a_form_is_sent_once(page: Page, gallery) -> None:
    page.goto(f"{gallery}/public/")
    submit = "document.querySelector('form[data-guard]').dispatchEvent(new SubmitEvent('submit', {bubbles: true, cancelable: true}))"
    assert [page.evaluate(submit) for _ in range(3)] == [True, False, False]
    assert page.get_attribute("form[data-guard]", "aria-busy") == "true"


def test_the_theme_is_kept(page: Page, gallery) -> None:
    page.goto(f"{gallery}/list/")
    page.locator("details.who summary").click()
    page.get_by_role("button", name="Dark").click()
    page.reload()
    assert page.get_attribute("html", "data-theme") == "dark"


def test_without_script_the_list_filters_sorts_pages_and_shows_its_menu(plain_page: Page, gallery) -> None:
    plain_page.goto(f"{gallery}/list/?q=E-57")
    assert "12 shown of 24" in plain_page.inner_text(".foot")
    plain_page.goto(f"{gallery}/list/")
    plain_page.get_by_role("link", name="Next page").click()
    plain_page.get_by_role("link", name="Previous page").click()
    plain_page.get_by_role("link", name="Open the menu").click()
    expect(plain_page.locator("#menu")).to_be_visible()
    plain_page.get_by_role("link", name="Close the menu").click()
    expect(plain_page.locator("#menu")).to_be_hidden()


def test_without_script_a_public_form_is_sent(plain_page: Page, gallery) -> None:
    plain_page.goto(f"{gallery}/public/")
    plain_page.get_by_role("button", name="Report").click()
    plain_page.wait_for_url("**/list/")
