"""Text files with separators: encoding and separator are found out, never guessed wildly."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from anwei.initialisation.migration.reading.cells import Cell, Row, make_cell, unescape
from anwei.initialisation.migration.reading.errors import Misquoted, UnknownEncoding

_BLOCK = 1 << 20
_SAMPLE = 1 << 18
_SAMPLE_ROWS = 50
_SEPARATORS = ",;\t|，"
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class DelimitedFile:
    """A csv, tsv or otherwise separated text file, read row by row."""

    epoch_1904 = False

    def __init__(self, source: Path | bytes) -> None:
        """Find out encoding and separator.

        :raises UnknownEncoding: the bytes are no text in a known encoding
        """
        self._source = source
        self.encoding = find_encoding(source)
        with self._text() as file:
            sample = file.read(_SAMPLE)
        first = sample.partition("\n")[0]
        self._declared = first[4:5] if first[:4].lower() == "sep=" and not first[5:].strip() else ""
        self.separator = self._declared or _find_separator(sample)

    @property
    def sheets(self) -> list[str]:
        return [""]

    def rows(self, sheet: int = 0) -> Iterator[Row]:
        """Give every row, blank ones too, so that numbers and addresses stay right.

        :raises Misquoted: quotation marks do not add up
        """
        number = 0
        with self._text() as file:
            reader = csv.reader(file, delimiter=self.separator, strict=True)
            try:
                for number, fields in enumerate(reader, 1):
                    if number == 1 and self._declared:
                        continue
                    yield Row(number, tuple(_cell(number, column, field) for column, field in enumerate(fields, 1)))
            except csv.Error as error:
                raise Misquoted(row=number + 1) from error

    @contextmanager
    def _text(self) -> Iterator[io.TextIOWrapper]:
        with _opened(self._source) as raw, io.TextIOWrapper(raw, self.encoding, newline="") as text:
            yield text


def find_encoding(source: Path | bytes) -> str:
    """Give the encoding under which the whole file can be read.

    :raises UnknownEncoding: no known encoding fits
    """
    with _opened(source) as file:
        start = file.read(4096)
    for mark, name in _MARKS:
        if start.startswith(mark):
            return _checked(source, name)
    if nul := start.count(b"\0"):  # ASCII in UTF-16 has a zero at every second place
        even = start[::2].count(b"\0")
        name = "utf-16-be" if even > nul - even else "utf-16-le"
        if max(even, nul - even) > len(start) / 8:
            return _checked(source, name)
    bad_line = _first_bad_line(source, "utf-8")
    if bad_line is None:
        return "utf-8"
    if _first_bad_line(source, "gb18030") is None and _reads_as_chinese(source):
        return "gb18030"
    raise UnknownEncoding(line=bad_line)


def _checked(source: Path | bytes, encoding: str) -> str:
    bad_line = _first_bad_line(source, encoding)
    if bad_line is not None:
        raise UnknownEncoding(line=bad_line)
    return encoding


def _first_bad_line(source: Path | bytes, encoding: str) -> int | None:
    """Give the line of the first byte that the encoding cannot read, None if it reads all."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with _opened(source) as file:
        while True:
            block = file.read(_BLOCK)
            try:
                line += decoder.decode(block, final=not block).count("\n")
            except UnicodeDecodeError as error:
                return line + block[: error.start].count(b"\n")
            if not block:
                return None


def _reads_as_chinese(source: Path | bytes) -> bool:
    """Tell whether the bytes are Chinese text and not, say, French that GB18030 happens to read.

    Chinese text consists of the characters of GB 2312 but for rare names: rows A1-A9 signs, B0-F7 characters.
    """
    with _opened(source) as file:
        text = file.read(_BLOCK).decode("gb18030", "ignore")
    usual = Counter(_in_gb2312(character.encode("gb18030")) for character in text if character > "\x7f")
    return usual[True] >= 4 * usual[False]


def _in_gb2312(code: bytes) -> bool:
    return len(code) == 2 and code[1] >= 0xA1 and (0xA1 <= code[0] <= 0xA9 or 0xB0 <= code[0] <= 0xF7)


def _find_separator(sample: str) -> str:
    """Give the separator under which most rows have the same number of fields, and many of them."""
    best, best_score = ",", 0
    for separator in _SEPARATORS:
        try:
            rows = islice(csv.reader(io.StringIO(sample, newline=""), delimiter=separator), _SAMPLE_ROWS)
            widths = Counter(len(fields) for fields in rows if fields)
        except csv.Error:
            continue
        score = max((count * (width - 1) for width, count in widths.items()), default=0)
        if score > best_score:
            best, best_score = separator, score
    return best


def _cell(row: int, column: int, field: str) -> Cell:
    plain, escaped = unescape(field)
    cell = make_cell(row, column, plain)
    return replace(cell, findings=(*escaped, *cell.findings)) if escaped else cell


@contextmanager
def _opened(source: Path | bytes) -> Iterator[BinaryIO]:
    with io.BytesIO(source) if isinstance(source, bytes) else source.open("rb") as file:
        yield file
