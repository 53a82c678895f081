"""Photos come from strangers."""

import io
import struct
import time
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image, features
from PIL.PngImagePlugin import PngInfo

from anwei.foundation.files.errors import DamagedPhoto, EmptyFile, NotAPhoto, PhotoTooLarge, TooManyPixels
from anwei.foundation.files.names import safe_name
from anwei.foundation.files.pictures import open_photo

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def photo(form: str = "JPEG", size: tuple[int, int] = (640, 400), mode: str = "RGB", **options) -> bytes:
    image = Image.effect_noise(size, 60).convert(mode)
    image.paste(Image.new(mode, (size[0] // 2, size[1]), "red"), (0, 0))  # the left half is red
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def png_header(width: int, height: int) -> bytes:
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    return b"\x89PNG\r\n\x1a\n" + chunk + struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))


def drawn(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data), formats=["JPEG"])


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photo_of_each_kind_becomes_a_jpeg_of_the_same_size(form) -> None:
    assert features.check("webp")
    taken = open_photo(photo(form))
    assert (taken.width, taken.height) == drawn(taken.jpeg_bytes).size == (640, 400)
    assert (taken.thumbnail_width, taken.thumbnail_height) == drawn(taken.thumbnail_bytes).size == (480, 300)


def test_a_phone_photo_is_turned_upright_and_forgets_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright: turn right
    exif[0x010F] = "Camera of the nurse"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update({1: "N", 2: (30.0, 35.0, 1.0), 3: "E", 4: (114.0, 17.0, 1.0)})
    source = photo(exif=exif, comment=b"ward 7", icc_profile=b"x" * 200, size=(3000, 2000))
    assert Image.open(io.BytesIO(source)).getexif().get_ifd(ExifTags.IFD.GPSInfo)
    taken = open_photo(source)
    assert (taken.width, taken.height) == (1707, 2560)
    top = drawn(taken.jpeg_bytes).crop((800, 280, 900, 320)).resize((1, 1)).tobytes()  # the red left half is on top now
    assert top[0] > 200 > 60 > max(top[1:])
    for data in (taken.jpeg_bytes, taken.thumbnail_bytes):
        image = drawn(data)
        assert not image.getexif()
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert b"Camera of the nurse" not in data
        assert b"ward 7" not in data


def test_text_hidden_in_a_png_is_dropped() -> None:
    info = PngInfo()
    info.add_text("Location", "ward 7, bed 3")
    assert b"ward 7" not in open_photo(photo("PNG", pnginfo=info)).jpeg_bytes


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "LA", "1", "CMYK"])
def test_unusual_colours_are_taken(mode) -> None:
    form = "JPEG" if mode == "CMYK" else "PNG"
    image = Image.new("RGB", (50, 40), "white").convert(mode)
    file = io.BytesIO()
    image.save(file, form)
    assert drawn(open_photo(file.getvalue()).jpeg_bytes).mode == "RGB"


def test_what_was_transparent_becomes_white() -> None:
    file = io.BytesIO()
    Image.new("RGBA", (20, 20), (255, 0, 0, 0)).save(file, "PNG")
    assert drawn(open_photo(file.getvalue()).jpeg_bytes).getpixel((10, 10)) == (255, 255, 255)


def test_the_same_photo_gives_the_same_bytes() -> None:
    source = photo()
    assert open_photo(source) == open_photo(source)


@pytest.mark.parametrize(
    "content",
    [
        SVG,
        SVG.replace(b"<script>alert(1)</script>", b""),
        b"<html><body onload=alert(1)>",
        b"%PDF-1.7 and so on",
        photo("GIF"),
        photo("BMP"),
        photo("TIFF"),
        photo("ICO", size=(64, 64)),
        photo("EPS"),
        "一张照片".encode(),
        b"\x00" * 5000,
        bytes.fromhex("ffd8ff"),
    ],
)
def test_what_is_no_photo_is_refused_whatever_its_name(content) -> None:
    with pytest.raises(NotAPhoto):
        open_photo(content)


def test_a_photo_that_is_also_a_page_is_refused() -> None:
    with pytest.raises(NotAPhoto):
        open_photo(photo() + b"<SCRIPT>alert(1)</SCRIPT>")
    with pytest.raises(NotAPhoto):
        open_photo(photo(comment=b"<!DOCTYPE html>"))


def test_a_photo_that_is_also_an_archive_is_refused() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("run.sh", "echo")
    with pytest.raises(NotAPhoto):
        open_photo(photo() + archive.getvalue())


def test_nothing_is_refused() -> None:
    with pytest.raises(EmptyFile):
        open_photo(b"")


def test_a_file_over_twelve_megabytes_is_refused_unread() -> None:
    with pytest.raises(PhotoTooLarge) as refusal:
        open_photo(photo() + bytes(12_000_000))
    assert "12" in str(refusal.value)


@pytest.mark.parametrize("side", [50_000, 10_000, 8_000])
def test_a_picture_that_would_fill_the_memory_is_refused_by_its_header(side) -> None:
    before = time.perf_counter()
    with pytest.raises(TooManyPixels):
        open_photo(png_header(side, side))
    assert time.perf_counter() - before < 0.2


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("share", [0.5, 0.98])
def test_a_photo_cut_short_is_refused(form, share) -> None:
    source = photo(form)
    with pytest.raises((DamagedPhoto, NotAPhoto)):
        open_photo(source[: int(len(source) * share)])


SOURCES = {form: photo(form, (64, 48)) for form in ("JPEG", "PNG", "WEBP")}


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(SOURCES)), st.lists(st.tuples(st.integers(0, 5000), st.binary(min_size=1, max_size=6)), max_size=6))
def test_broken_bytes_give_a_photo_or_a_refusal_and_nothing_else(form, blows) -> None:
    content = bytearray(SOURCES[form])
    for place, blow in blows:
        content[place % len(content) : place % len(content) + len(blow)] = blow
    try:
        assert open_photo(bytes(content)).sha256
    except (DamagedPhoto, NotAPhoto, TooManyPixels) as refusal:
        assert str(refusal)


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("修前 报警屏幕.jpg", "修前 报警屏幕.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\nurse\\照片.png", "照片.png"),
        ('a"b\r\nSet-Cookie: x.pdf', "a_bSet-Cookie_ x.pdf"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("CON.pdf", "file_CON.pdf"),
        ("...", "file"),
        ("", "file"),
        ("nul", "file_nul"),
        ("\ud800.txt", "txt"),
    ],
)
def test_names_of_downloads_are_made_safe(given_name, kept) -> None:
    assert safe_name(given_name) == kept


def test_a_long_name_keeps_its_extension() -> None:
    name = safe_name("报" * 300 + ".pdf")
    assert name.endswith("报.pdf")
    assert len(name.encode()) <= 180


@given(st.text(max_size=300))
def test_any_name_becomes_a_safe_one(name) -> None:
    safe = safe_name(name)
    assert safe == safe_name(safe)
    assert safe
    assert len(safe.encode()) <= 180
    assert not set(safe) & set('/\\\r\n\0";')
    assert not safe.startswith(".")
