"""One way from values to a PDF: a typst template, data as JSON, fonts of our own.

Data reach the template as a string that it parses; they never become code.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import orjson
import typst

from anwei.foundation.files.errors import PaperTooLarge
from anwei.foundation.files.paper.glyphs import FONTS, code_points, legible

TEMPLATES = Path(__file__).parent / "templates"
MAX_TEXT = 400_000
MAX_PICTURES = 8_000_000
MAX_PAPER = 12_000_000

_turn = Lock()  # a compiler serves one document at a time


@cache
def _compiler() -> typst.Compiler:
    # typst brings DejaVu Sans Mono, in which 0 and O, 1 and l differ: good for serial numbers
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)])
    return typst.Compiler(root=str(TEMPLATES), font_paths=fonts)


def render(template: str, data: Mapping[str, Any], *, at: datetime, pictures: Mapping[str, str] | None = None) -> bytes:
    """Set a document and return it as PDF/A-2b; equal input gives equal bytes.

    `template` is a name in `templates/`, `data` JSON-like, `pictures` SVG texts by name, `at` the date in the file.

    :raises PaperTooLarge: more text, pictures or pages than one document carries
    """
    lost: set[str] = set()
    shown = legible(dict(data), lost)
    text = orjson.dumps({**shown, "lost": code_points(lost)})
    drawn = orjson.dumps(dict(pictures or {}))
    if len(text) > MAX_TEXT or len(drawn) > MAX_PICTURES:
        raise PaperTooLarge
    with _turn:
        paper = _compiler().compile(
            input=str(TEMPLATES / f"{template}.typ"),
            format="pdf",
            pdf_standards="a-2b",
            timestamp=int(at.timestamp()),
            sys_inputs={"data": text.decode(), "pictures": drawn.decode()},
        )
    assert isinstance(paper, bytes)  # one PDF, never a list of pictures
    if len(paper) > MAX_PAPER:
        raise PaperTooLarge
    return paper
