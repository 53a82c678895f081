"""Stickers are found by a phone and read by a person."""

import io
from dataclasses import replace
from decimal import Decimal as D

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from anwei.foundation.files.paper import drawing
from anwei.foundation.files.paper.documents import Bilingual
from anwei.foundation.files.paper.labels import A4_3X8, LABEL_40X30, LABEL_60X40, LabelSize, StickerDevice
from anwei.foundation.files.paper.stickers import sticker, sticker_sheet
from anwei.foundation.files.tests import factory
from anwei.foundation.files.tests.reading import codes, edges, holds, sizes, text


@pytest.mark.parametrize("size", [LABEL_60X40, LABEL_40X30])
@pytest.mark.parametrize("make", [factory.blank, factory.claimed])
def test_a_label_is_its_size_and_its_code_reads(size, make) -> None:
    printed = sticker(make(7), size)
    assert sizes(printed) == [(float(size.width), float(size.height))]
    assert codes(printed) == ["https://anwei.example/q/K7M2-0007"]
    holds(printed, "K7M2-0007", "扫码报修", "Scan to report a fault", "400-000-0000")


def test_a_claimed_label_names_its_device_and_a_blank_one_nothing() -> None:
    device = ("呼吸机", "Ventilator", "LB-V60", "LB60-23A0417", "武汉市第一医院")
    holds(sticker(factory.claimed()), *device)
    printed = text(sticker(factory.blank()))
    assert not [part for part in device if part in printed]


def test_the_code_has_four_white_modules_around_it() -> None:
    assert drawing.qr("https://anwei.example/q/1").count('viewBox="0 0 33 33"') == 1  # 25 modules and twice 4
    assert "M4 4h7" in drawing.qr("https://anwei.example/q/1")


@pytest.mark.parametrize("size", [LABEL_60X40, LABEL_40X30])
def test_number_serial_and_hotline_are_set_smaller_before_they_are_cut(size) -> None:
    label = factory.claimed()
    label = replace(
        label, hotline="+86 27 8000 0000 8888", code="K7M2-0001-WUHAN", device=StickerDevice(name="呼吸机", serial="SN23A04170001X")
    )
    assert edges(sticker(label, size))[1] < float(size.width)


def test_a_sheet_holds_twenty_four_and_runs_on() -> None:
    printed = sticker_sheet([factory.blank(number) for number in range(30)])
    assert sizes(printed) == [(210.0, 297.0)] * 2
    assert sorted(codes(printed)) == [f"https://anwei.example/q/K7M2-{number:04d}" for number in range(30)]


def places(paper: bytes) -> list[tuple[float, float]]:
    """Return where each code text stands, in millimetres from the upper left."""
    found = []
    for page in pypdfium2.PdfDocument(paper):
        characters = page.get_textpage()
        written = characters.get_text_range()
        start = written.find("K7M2-")
        while start >= 0:
            left, _, _, top = characters.get_charbox(start)
            found.append((round(left / 72 * 25.4, 2), round((page.get_height() - top) / 72 * 25.4, 2)))
            start = written.find("K7M2-", start + 1)
    return found


def test_every_sticker_lies_on_its_own_label() -> None:
    printed = sticker_sheet([factory.claimed(number) for number in range(24)])
    for index, (left, top) in enumerate(sorted(places(printed), key=lambda place: (round(place[1]), place[0]))):
        row, column = divmod(index, 3)
        label_left = A4_3X8.left + column * (A4_3X8.width + A4_3X8.gap_x)
        label_top = A4_3X8.top + row * A4_3X8.height
        assert label_left < left < label_left + A4_3X8.width
        assert label_top < top < label_top + A4_3X8.height


def test_labels_already_used_are_left_free() -> None:
    whole = places(sticker_sheet([factory.blank(number) for number in range(6)]))
    rest = places(sticker_sheet([factory.blank(number) for number in range(2)], skip=4))
    assert rest == whole[4:]


def test_the_code_is_drawn_not_painted() -> None:
    printed = sticker(factory.claimed())
    assert b"/Subtype/Image" not in printed.replace(b" ", b"")


def test_one_language_is_enough() -> None:
    assert "Scan" not in text(sticker(factory.claimed(), languages=("zh-hans",)))
    assert "扫码" not in text(sticker(factory.claimed(), languages=("en",)))


@pytest.mark.parametrize("size", [LABEL_60X40, LABEL_40X30, LabelSize(width=D(30), height=D(20))])
def test_long_names_never_cover_the_code(size) -> None:
    device = StickerDevice(
        name=Bilingual("全自动" * 12, "Fully automatic " * 8), model="M" * 60, serial="S" * 60, owner=Bilingual("某某医院" * 12)
    )
    crowded = replace(factory.claimed(3), device=device, hotline="4" * 40, code="C" * 40)
    printed = sticker(crowded, size)
    assert codes(printed) == ["https://anwei.example/q/K7M2-0003"]
    assert len(sizes(printed)) == 1


def test_a_label_scans_when_half_its_contrast_is_gone() -> None:
    page = pypdfium2.PdfDocument(sticker(factory.claimed(5), LABEL_40X30))[0]
    faded = page.render(scale=150 / 72).to_pil().convert("L").point(lambda grey: 90 + grey // 3)
    file = io.BytesIO()
    faded.save(file, "JPEG", quality=40)
    assert [code.text for code in zxingcpp.read_barcodes(Image.open(file))] == ["https://anwei.example/q/K7M2-0005"]


def test_printed_again_it_is_the_same_file() -> None:
    assert sticker(factory.claimed()) == sticker(factory.claimed())
