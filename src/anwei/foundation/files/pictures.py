"""Photos from strangers: taken by what they contain, kept as pixels alone."""

import io
import struct
import zipfile
from dataclasses import dataclass
from hashlib import sha256

from PIL import Image, ImageOps

from anwei.foundation.files.errors import DamagedPhoto, EmptyFile, NotAPhoto, PhotoTooLarge, TooManyPixels

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_MEGABYTES = 12
MAX_PIXELS = 50_000_000
KEPT_SIDE, THUMBNAIL_SIDE = 2560, 480
# what a picture never holds, unless the same file is also something that a browser or an office program would run
FOREIGN = (b"<script", b"<!doctype", b"<html>", b"<?php ", b"%pdf-1.", b"javascript:")
BROKEN = (OSError, SyntaxError, ValueError, EOFError, KeyError, IndexError, TypeError, struct.error)


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo as we keep it: upright, JPEG, no metadata (no place, no camera, no time)."""

    jpeg_bytes: bytes
    width: int
    height: int
    sha256: str
    thumbnail_bytes: bytes
    thumbnail_width: int
    thumbnail_height: int


def open_photo(content: bytes) -> Photo:
    """Take a photo in and return it drawn anew; at most 2,560 pixels a side, its thumbnail 480.

    :raises EmptyFile: no bytes
    :raises PhotoTooLarge: over 12 MB
    :raises NotAPhoto: not JPEG, PNG or WebP, or a photo and something else at once
    :raises TooManyPixels: over 50 million pixels, told from the header alone
    :raises DamagedPhoto: cut short or broken
    """
    if not content:
        raise EmptyFile
    if len(content) > MAX_MEGABYTES * 1_000_000:
        raise PhotoTooLarge(limit=MAX_MEGABYTES)
    if _is_something_else(content):
        raise NotAPhoto
    try:
        image = Image.open(io.BytesIO(content), formats=FORMATS)
    except Image.DecompressionBombError as bomb:
        raise TooManyPixels(limit=MAX_PIXELS // 1_000_000) from bomb
    except BROKEN as error:
        raise NotAPhoto from error
    if image.width * image.height > MAX_PIXELS:
        raise TooManyPixels(limit=MAX_PIXELS // 1_000_000)
    try:
        upright = _pixels(image)
    except BROKEN as error:
        raise DamagedPhoto from error
    return _photo(upright)


def _is_something_else(content: bytes) -> bool:
    lowered = content.lower()
    return any(sign in lowered for sign in FOREIGN) or zipfile.is_zipfile(io.BytesIO(content))


def _pixels(image: Image.Image) -> Image.Image:
    image.draft("RGB", (KEPT_SIDE, KEPT_SIDE))  # a JPEG is decoded no larger than it is kept
    image.load()
    turned = ImageOps.exif_transpose(image)
    if turned.has_transparency_data:
        ground = Image.new("RGBA", turned.size, "white")
        turned = Image.alpha_composite(ground, turned.convert("RGBA"))
    plain = turned.convert("RGB")
    plain.thumbnail((KEPT_SIDE, KEPT_SIDE), Image.Resampling.LANCZOS)
    return plain


def _photo(pixels: Image.Image) -> Photo:
    small = pixels.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    kept = _jpeg(pixels)
    return Photo(
        jpeg_bytes=kept,
        width=pixels.width,
        height=pixels.height,
        sha256=sha256(kept).hexdigest(),
        thumbnail_bytes=_jpeg(small),
        thumbnail_width=small.width,
        thumbnail_height=small.height,
    )


def _jpeg(pixels: Image.Image) -> bytes:
    # a fresh image carries no EXIF, ICC, XMP or comment that `save` could write
    bare = Image.frombytes("RGB", pixels.size, pixels.tobytes())
    file = io.BytesIO()
    bare.save(file, "JPEG", quality=85, optimize=True)
    return file.getvalue()
