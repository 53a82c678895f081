"""The fonts of the paper: checked in, licensed, and known to the character."""

import hashlib
import json

import pytest
from fontTools.ttLib import TTFont

from anwei.foundation.files.paper.glyphs import FONTS, code_points, covered, legible

MANIFEST = json.loads((FONTS / "fonts.json").read_text())


def test_the_manifest_names_every_font_with_its_hash() -> None:
    assert {path.name for path in FONTS.glob("*.ttf")} == set(MANIFEST["files"])
    for name, facts in MANIFEST["files"].items():
        data = (FONTS / name).read_bytes()
        assert hashlib.sha256(data).hexdigest() == facts["sha256"]
        assert len(data) <= 3 * 1024 * 1024


def test_the_fonts_carry_their_licence_and_not_the_reserved_name() -> None:
    assert "SIL OPEN FONT LICENSE" in (FONTS / MANIFEST["licence_file"]).read_text()
    for path in FONTS.glob("*.ttf"):
        names = TTFont(path)["name"]
        assert "Open Font License" in names.getDebugName(13)
        assert names.getDebugName(1).startswith("Anwei Sans SC")


def test_bold_shows_what_regular_shows() -> None:
    regular, bold = (TTFont(FONTS / f"AnweiSansSC-{style}.ttf").getBestCmap() for style in ("Regular", "Bold"))
    assert regular.keys() == bold.keys()


def test_all_of_gb2312_can_be_printed() -> None:
    pairs = (bytes([row, cell]).decode("gb2312", "ignore") for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    assert not {character for character in "".join(pairs) if ord(character) > 0x7F} - covered()


@pytest.mark.parametrize(
    "characters",
    [
        "𬭎䶮㛃喆堃犇骉龑昇昪祎翀玥琟洺梽喦",  # rare in names
        "臺灣龍鳳醫療設備診斷中華醫學會",  # traditional
        "cmH₂O FiO₂ 10⁹/L µA μg Ω ℃ ≤ ≥ ± × – — … “”‘’ ￥ ¥ ① Ⅲ ㎡ ✓ → ☆",  # measured and marked
        "Zhōu Mǐn, Müller, François, Ångström, Ωμεγα, Москва",
    ],
)
def test_names_and_measures_can_be_printed(characters) -> None:
    assert not set(characters) - covered()


def test_what_cannot_be_printed_is_replaced_in_sight_and_named() -> None:
    lost: set[str] = set()
    value = {"name": "王😀明", "lines": ["عربى", ("好",)], "count": 3, "open": None}
    assert legible(value, lost) == {"name": "王〓明", "lines": ["〓〓〓〓", ["好"]], "count": 3, "open": None}
    assert code_points(lost)[-1] == "U+1F600"
    assert len(lost) == 5


def test_what_cannot_be_seen_is_left_out_and_named() -> None:
    lost: set[str] = set()
    assert legible("武汉\u202e市\u200b第\ufeff一\x00医\ufe0f院\n二楼", lost) == "武汉市第一医院\n二楼"
    assert code_points(lost) == ["U+0000", "U+200B", "U+202E", "U+FE0F", "U+FEFF"]
