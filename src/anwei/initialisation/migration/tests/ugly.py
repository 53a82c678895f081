"""Files as people and attackers make them, built by the tests themselves."""

import io
import struct
import zipfile
from collections.abc import Callable, Sequence

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

DEVICES: list[Sequence[object]] = [
    ["设备名称", "型号", "出厂编号", "购置日期"],
    ["呼吸机", "V8800", "0012345", "2024-03-05"],
    ["除颤仪", "LP15", "SN-77", "2023-11-20"],
]


def workbook(
    rows: Sequence[Sequence[object]] = DEVICES, fill: Callable[[xlsxwriter.Workbook, Worksheet], None] | None = None, **options: object
) -> bytes:
    """Give an xlsx workbook of one sheet; ``fill`` may add to it."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, options)
    sheet = book.add_worksheet("设备")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(number, column, value)
            elif value is not None:
                sheet.write(number, column, value)
    if fill:
        fill(book, sheet)
    book.close()
    return content.getvalue()


def patched(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """Give the workbook with one part changed."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return result.getvalue()


def with_part(content: bytes, part: str, data: bytes) -> bytes:
    """Give the workbook with one more part."""
    result = io.BytesIO(content)
    with zipfile.ZipFile(result, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, data)
    return result.getvalue()


def claiming(content: bytes, part: str, size: int) -> bytes:
    """Give the workbook whose directory claims that a part unpacks to this many bytes."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        real = struct.pack("<I", archive.getinfo(part).file_size)
    return content.replace(real, struct.pack("<I", size))


def old_workbook(rows: Sequence[Sequence[object]] = DEVICES, globals_: bytes = b"", sheet: bytes = b"") -> bytes:
    """Give a minimal .xls workbook (BIFF8), with further records if wanted."""
    cells = b"".join(_old_cell(number, column, value) for number, row in enumerate(rows) for column, value in enumerate(row))
    start = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)) + globals_
    end = record(0x000A, b"")
    bound = len(start) + 4 + 8 + 6 + len(end)
    title = "设备一".encode("utf-16-le")
    start += record(0x0085, struct.pack("<IBBBB", bound, 0, 0, 3, 1) + title) + end
    body = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0)) + sheet + cells + end
    return compound({"Workbook": start + body})


def record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _old_cell(row: int, column: int, value: object) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, int | float):
        return record(0x0203, place + struct.pack("<d", value))
    text = str(value)
    return record(0x0204, place + struct.pack("<HB", len(text), 1) + text.encode("utf-16-le"))


def compound(streams: dict[str, bytes]) -> bytes:
    """Give a compound file ([MS-CFB]) of a few streams: one table sector, one directory sector, then the streams."""
    table, body, entries, at = [0xFFFFFFFD, 0xFFFFFFFE], b"", [_entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)], 2
    for number, (name, data) in enumerate(streams.items(), 1):
        padded = data.ljust(max(4096, -(-len(data) // 512) * 512), b"\0")
        count = len(padded) // 512
        following = number + 1 if number < len(streams) else 0xFFFFFFFF
        entries.append(_entry(name, 2, at, len(padded), right=following))
        table += [*range(at + 1, at + count), 0xFFFFFFFE]
        body, at = body + padded, at + count
    assert len(table) <= 128, "one table sector holds no more"
    assert len(entries) <= 4, "one directory sector holds no more"
    table += [0xFFFFFFFF] * (128 - len(table))
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    )
    header = header.ljust(512, b"\xff")[:76] + struct.pack("<I", 0) + b"\xff" * 432
    return header + struct.pack("<128I", *table) + b"".join(entries).ljust(512, b"\0") + body


def _entry(name: str, kind: int, start: int, size: int, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0"
    return encoded.ljust(64, b"\0") + struct.pack("<HBBIII36xII4x", len(encoded), kind, 1, 0xFFFFFFFF, right, child, start, size)
