"""Every kind of page, in both languages and themes, wide and narrow.

Each gives a picture to look at, no serious axe finding, nothing foreign, nothing cut off.
"""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

SCREENS = Path(__file__).parents[1] / "screens"
PAGES = ["list", "job/1", "form", "wizard", "login", "fault/409", "phone", "public"]
VIEWS = [("zh-hans", "light", 1440), ("zh-hans", "dark", 390), ("en", "dark", 1440), ("en", "light", 390)]


def opened(browser: Browser, gallery: str, language: str, theme: str, width: int) -> Page:
    """Open a window as someone with these likings has it."""
    context = browser.new_context(
        viewport={"width": width, "height": 900 if width > 500 else 844}, locale="zh-CN" if language == "zh-hans" else "en-GB"
    )
    context.add_cookies(
        [{"name": name, "value": value, "url": gallery} for name, value in (("django_language", language), ("anwei_theme", theme))]
    )
    return context.new_page()


@pytest.mark.browser
@pytest.mark.parametrize(("language", "theme", "width"), VIEWS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_reads_well(browser, gallery, name, language, theme, width) -> None:
    page = opened(browser, gallery, language, theme, width)
    said: list[str] = []
    asked: list[str] = []
    page.on(
        "console", lambda message: said.append(message.text) if message.type == "error" and "status of 409" not in message.text else None
    )
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{gallery}/{name}/")
    page.wait_for_load_state("networkidle")
    assert said == []
    assert [url for url in asked if not url.startswith(gallery)] == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, "wider than the window"
    serious = [finding for finding in Axe().run(page).response["violations"] if finding["impact"] in ("serious", "critical")]
    assert [f"{finding['id']}: {finding['nodes'][0]['html'][:200]}" for finding in serious] == []
    SCREENS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENS / f"look-{name.replace('/', '-')}-{language}-{theme}-{width}.png", full_page=name not in ("list", "phone"))
    page.context.close()
