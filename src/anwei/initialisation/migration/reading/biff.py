"""Look through an old .xls workbook before anything is loaded: locked, damaged, or far too large.

Source: [MS-CFB] (compound file: sectors chained by a table) and [MS-XLS] (records: type, length, data).
"""

import struct
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from anwei.initialisation.migration.reading import errors
from anwei.initialisation.migration.reading.limits import Limits

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST_SECTOR = 0xFFFFFFFA  # this and above: no sector
_EOF, _FILEPASS, _EPOCH, _DIMENSIONS = 0x000A, 0x002F, 0x0022, 0x0200
_SEVERAL_NUMBERS = 0x00BD  # row, first column, …, last column
# number, label, error or yes/no, formula, packed number, shared text, rich text: each begins with row and column
_CELLS = {0x0203, 0x0204, 0x0205, 0x0006, 0x027E, 0x00FD, 0x00D6, _SEVERAL_NUMBERS}


def inspect_old_workbook(content: bytes, limits: Limits) -> bool:
    """Walk through every record; tell whether serial dates count from 1904.

    :raises Unreadable: the workbook is locked, damaged, holds macros or is too large
    """
    try:
        streams = _streams(content)
        if "EncryptedPackage" in streams:
            raise errors.Locked
        if "_VBA_PROJECT_CUR" in streams:
            raise errors.HasMacros
        book = streams.get("Workbook", streams.get("Book"))
        if book is None:
            raise errors.NotATable(what=_("another Office document"))
        return _walk(book, limits)
    except (struct.error, IndexError, ValueError) as error:
        raise errors.Damaged(part="xls") from error


def _walk(book: bytes, limits: Limits) -> bool:
    """Follow the records of the workbook's stream."""
    epoch_1904 = False
    rows = columns = content = 0
    for kind, data in _records(book):
        if kind == _FILEPASS:
            raise errors.Locked
        if kind == _EPOCH:
            epoch_1904 = data[:1] == b"\x01"
        elif kind == _DIMENSIONS and len(data) == 14:
            _check_dimensions(data)
        elif kind in _CELLS:
            row, column, last = _place(kind, data)
            rows, columns, content = max(rows, row), max(columns, last), content + last - column + 1
        elif kind == _EOF:
            limits.check_extent("", rows, columns, content)
            rows = columns = content = 0
    return epoch_1904


def _place(kind: int, data: bytes) -> tuple[int, int, int]:
    """Give row, first and last column of a record of cells, counted from 1."""
    row, column = struct.unpack_from("<HH", data)
    last = struct.unpack_from("<H", data, len(data) - 2)[0] if kind == _SEVERAL_NUMBERS else column
    return row + 1, column + 1, max(last, column) + 1


def _check_dimensions(data: bytes) -> None:
    """Refuse a claim beyond the 65,536 rows and 256 columns of the format: readers reserve memory by it."""
    _first_row, rows, _first_column, columns = struct.unpack_from("<IIHH", data)
    if rows > 65_536 or columns > 256:
        raise errors.Damaged(part="xls")


def _records(book: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(book):
        kind, size = struct.unpack_from("<HH", book, at)
        yield kind, book[at + 4 : at + 4 + size]
        at += 4 + size


def _streams(content: bytes) -> dict[str, bytes]:
    """Give the streams of the compound file by name; storages count as empty streams."""
    sector_size = 1 << struct.unpack_from("<H", content, 30)[0]
    if sector_size not in (512, 4096):
        raise errors.Damaged(part="xls")
    sectors = _Sectors(content, sector_size)
    directory_start, mini_limit, mini_start = (struct.unpack_from("<I", content, at)[0] for at in (48, 56, 60))
    entries = list(_entries(sectors.chain(directory_start, sectors.table)))
    if not entries:
        raise errors.Damaged(part="xls")
    minis = _Minis(sectors.chain(entries[0][2], sectors.table))
    mini_table = _numbers(sectors.chain(mini_start, sectors.table))
    streams = {}
    for name, kind, start, size in entries[1:]:
        if kind == 2:
            chain = minis.chain(start, mini_table) if size < mini_limit else sectors.chain(start, sectors.table)
            streams[name] = chain[:size] if name in ("Workbook", "Book") else b""
        else:
            streams[name] = b""
    return streams


class _Chained:
    """Pieces of equal size that a table chains together."""

    def __init__(self, content: bytes, size: int, skip: int) -> None:
        self._content, self._size, self._skip = content, size, skip

    def chain(self, start: int, table: list[int]) -> bytes:
        """Give the bytes of the chain.

        :raises Damaged: the chain runs in a circle
        """
        pieces, at = list[bytes](), start
        while at < _LAST_SECTOR:
            if len(pieces) > len(table):
                raise errors.Damaged(part="xls")
            begin = self._skip + at * self._size
            pieces.append(self._content[begin : begin + self._size])
            at = table[at]
        return b"".join(pieces)


class _Minis(_Chained):
    def __init__(self, content: bytes) -> None:
        super().__init__(content, 64, 0)


class _Sectors(_Chained):
    def __init__(self, content: bytes, size: int) -> None:
        super().__init__(content, size, size)
        self.table = self._read_table()

    def _read_table(self) -> list[int]:
        """Read the allocation table: its first 109 sectors are listed in the header, the others in a chain of lists."""
        numbers = list(struct.unpack_from("<109I", self._content, 76))
        following, lists = struct.unpack_from("<II", self._content, 68)
        for _count in range(min(lists, len(self._content) // self._size)):
            if following >= _LAST_SECTOR:
                break
            *more, following = _numbers(self._content[self._skip + following * self._size :][: self._size])
            numbers += more
        table: list[int] = []
        for number in numbers:
            if number < _LAST_SECTOR:
                table += _numbers(self._content[self._skip + number * self._size :][: self._size])
            if len(table) > 4 * len(self._content) // self._size + 4096:  # the same sector listed again and again
                raise errors.Damaged(part="xls")
        return table


def _numbers(content: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4]))


def _entries(directory: bytes) -> Iterator[tuple[str, int, int, int]]:
    """Give name, kind (1 storage, 2 stream, 5 root), first sector and size of every entry."""
    for at in range(0, len(directory) - 127, 128):
        entry = directory[at : at + 128]
        length, kind = struct.unpack_from("<HB", entry, 64)
        start, size = struct.unpack_from("<II", entry, 116)
        if kind:
            yield entry[: max(length - 2, 0)].decode("utf-16-le", "replace"), kind, start, size
