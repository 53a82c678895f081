"""What browsers load: pinned, licensed, small, and nothing that the content policy forbids."""

import gzip
import hashlib
import json
import re
from pathlib import Path

import anwei

CORE = Path(anwei.__file__).parent / "core"
STATIC = CORE / "static"
TEMPLATES = sorted((CORE / "templates").rglob("*.html"))
STYLES = sorted((STATIC / "anwei").glob("*.css"))


def test_vendored_files_are_what_the_lock_says_and_carry_their_licence() -> None:
    lock = json.loads((STATIC / "vendor" / "vendor.json").read_text())
    locked = set()
    for part in lock.values():
        assert (STATIC / "vendor" / part["licence_file"]).read_text().strip()
        for name, digest in part["files"].items():
            content = (STATIC / "vendor" / name).read_bytes()
            assert digest == f"sha256-{hashlib.sha256(content).hexdigest()}", name
            locked.add(name)
    vendored = {str(file.relative_to(STATIC / "vendor")) for file in (STATIC / "vendor").rglob("*.js")}
    assert vendored == locked


def test_a_page_without_account_stays_small() -> None:
    styles = b"".join((STATIC / "anwei" / f"{name}.css").read_bytes() for name in ("tokens", "base", "parts", "phone"))
    others = (STATIC / "anwei" / "icons.svg").read_bytes() + (STATIC / "anwei" / "js" / "guard.js").read_bytes()
    assert len(gzip.compress(styles)) <= 12_000
    assert len(styles) + len(others) <= 56_000  # leaves the page itself 4 KB even where nothing is compressed


def test_templates_keep_the_content_policy() -> None:
    for template in TEMPLATES:
        source = template.read_text()
        assert not re.search(r"\sstyle=", source), template
        assert not re.search(r"\son\w+=", source), template
        assert not re.search(r"<script(?![^>]*\ssrc=)", source), template
        assert "<style" not in source, template


def test_styles_load_nothing_from_elsewhere() -> None:
    for style in STYLES:
        source = style.read_text()
        assert "@import" not in source
        assert "url(" not in source, style


def test_every_icon_named_in_a_template_exists() -> None:
    drawn = set(re.findall(r'id="i-([a-z0-9]+)"', (STATIC / "anwei" / "icons.svg").read_text()))
    for template in TEMPLATES:
        for name in re.findall(r'{% icon "([^"]+)"', template.read_text()):
            assert name in drawn, f"{template}: {name}"
