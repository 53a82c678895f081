"""Read a printed paper as a person with a phone would: its text, its codes, where its ink is."""

import re

import pypdfium2
import zxingcpp


def pages(paper: bytes) -> list[str]:
    """Return the text of each page, as copied out of it."""
    document = pypdfium2.PdfDocument(paper)
    return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]


def text(paper: bytes) -> str:
    """Return all text without the white space that line breaks and columns leave."""
    return re.sub(r"\s+", "", "".join(pages(paper)))


def holds(paper: bytes, *parts: str) -> bool:
    """Tell whether all parts are printed."""
    printed = text(paper)
    missing = [part for part in parts if re.sub(r"\s+", "", part) not in printed]
    assert not missing, f"{missing} not in {printed}"
    return True


def sizes(paper: bytes) -> list[tuple[float, float]]:
    """Return the size of each page in millimetres."""
    return [(round(page.get_width() / 72 * 25.4, 1), round(page.get_height() / 72 * 25.4, 1)) for page in pypdfium2.PdfDocument(paper)]


def codes(paper: bytes) -> list[str]:
    """Return what the QR codes of each page say, read from a picture at 200 dpi."""
    found = []
    for page in pypdfium2.PdfDocument(paper):
        picture = page.render(scale=200 / 72).to_pil().convert("L")
        found += [code.text for code in zxingcpp.read_barcodes(picture)]
    return found


def edges(paper: bytes, sign: str = "") -> tuple[float, float]:
    """Return the leftmost and rightmost ink of text on any page, in millimetres; of one character, when it is given."""
    boxes = []
    for page in pypdfium2.PdfDocument(paper):
        characters = page.get_textpage()
        for index in range(characters.count_chars()):
            if not sign or characters.get_text_range(index, 1) == sign:
                boxes.append(characters.get_charbox(index))
    return min(box[0] for box in boxes) / 72 * 25.4, max(box[2] for box in boxes) / 72 * 25.4
