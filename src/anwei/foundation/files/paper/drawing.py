"""Pictures for paper as SVG: sharp at any size, and nothing in them but what is drawn here."""

from base64 import b64encode
from collections.abc import Iterable, Iterator
from itertools import groupby

import segno

from anwei.foundation.files.paper.documents import Picture, Stroke

QUIET = 4  # modules of white around a code, ISO/IEC 18004 §6.3.8
MAX_POINTS = 20_000
FARTHEST = 1_000_000


def _svg(width: float, height: float, content: str, *, left: float = 0, top: float = 0) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left:g} {top:g} {width:g} {height:g}">{content}</svg>'


def _dark_runs(matrix: Iterable[Iterable[int]]) -> Iterator[str]:
    for y, row in enumerate(matrix):
        x = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                yield f"M{x + QUIET} {y + QUIET}h{length}v1h-{length}z"
            x += length


def qr(content: str) -> str:
    """Draw a QR code of medium error correction with its quiet zone."""
    code = segno.make_qr(content, error="m")
    side = code.symbol_size(border=QUIET)[0]
    return _svg(side, side, f'<path d="{"".join(_dark_runs(code.matrix))}"/>')


def photo(picture: Picture) -> str:
    """Wrap a JPEG so that its bytes go into the paper as they are."""
    data = b64encode(picture.jpeg).decode()
    width, height = picture.width, picture.height
    return _svg(width, height, f'<image width="{width}" height="{height}" href="data:image/jpeg;base64,{data}"/>')


def handwriting(strokes: tuple[Stroke, ...]) -> str:
    """Draw the strokes of a signature, cut to what was written.

    :raises ValueError: no points, too many, or one out of bounds
    """
    points = [point for stroke in strokes for point in stroke]
    if not 0 < len(points) <= MAX_POINTS or not all(abs(x) < FARTHEST and abs(y) < FARTHEST for x, y in points):
        raise ValueError("A signature needs between 1 and 20,000 points within bounds.")
    left, top = min(x for x, _ in points), min(y for _, y in points)
    width, height = max(x for x, _ in points) - left, max(y for _, y in points) - top
    pen = max(width, height, 1) / 90
    path = " ".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in stroke) + "h0" for stroke in strokes if stroke)
    ink = f'<path d="{path}" fill="none" stroke="#16201e" stroke-width="{pen:.2f}" stroke-linecap="round" stroke-linejoin="round"/>'
    return _svg(width + 2 * pen, height + 2 * pen, ink, left=left - pen, top=top - pen)
