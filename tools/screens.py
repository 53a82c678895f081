"""Take screenshots of the running demo: `python tools/screens.py OUT [ADDRESS] [page …]`. Pages: name=username:path, or the list below."""

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from anwei.initialisation.demo.accounts import password

ADDRESS = "http://127.0.0.1:8000"
SIZES = {"desktop": (1440, 900), "phone": (390, 844)}
PAGES = {
    "orders": ("manager", "/orders/"),
    "devices": ("steward", "/devices/"),
    "board": ("dispatch", "/dispatch/"),
    "intake": ("intake", "/intake/"),
    "field": ("engineer", "/field/"),
    "quality": ("quality", "/quality/"),
    "settlement": ("finance", "/settlement/"),
    "audit": ("auditor", "/audit/"),
    "imports": ("steward", "/migration/"),
}


def sign_in(page: Page, address: str, username: str) -> None:
    """Sign in as one of the demo's accounts."""
    page.goto(f"{address}/login/")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", password())
    page.click("form [type=submit]")
    page.wait_for_load_state("networkidle")


def main(out: Path, address: str, wanted: dict[str, tuple[str, str]]) -> None:
    """Take each page in both sizes and both languages."""
    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"])
        for size, (width, height) in SIZES.items():
            for language in ("zh-Hans", "en"):
                for name, (username, path) in wanted.items():
                    context = browser.new_context(viewport={"width": width, "height": height}, locale=language)
                    page = context.new_page()
                    if username:
                        sign_in(page, address, username)
                        page.request.post(
                            f"{address}/language/", form={"language": language.lower(), "next": "/"}, headers={"X-CSRFToken": _token(page)}
                        )
                    page.goto(address + path)
                    page.wait_for_load_state("networkidle")
                    page.screenshot(path=out / f"{name}-{size}-{language[:2]}.png", full_page=size == "phone")
                    context.close()
        browser.close()


def _token(page: Page) -> str:
    return next((c["value"] for c in page.context.cookies() if c["name"] == "csrftoken"), "")


if __name__ == "__main__":
    given = {n: tuple(v.split(":", 1)) for n, v in (a.split("=", 1) for a in sys.argv[3:])}
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else ADDRESS, given or PAGES)  # type: ignore[arg-type]
