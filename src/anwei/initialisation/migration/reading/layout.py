"""Where a table begins: the rows of column names, the rows around them that are no data, and how the columns are called."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from anwei.initialisation.migration.reading.cells import Row, column_letters
from anwei.initialisation.migration.reading.errors import NoHeader

LOOK_AHEAD = 30  # rows in which the column names must stand
Recognise = Callable[[str], bool]


class Reason(StrEnum):
    """Why a row is no data."""

    ABOVE = "above"
    HEADER = "header"
    INSTRUCTION = "instruction"
    REPEATED_HEADER = "repeated_header"
    END_MARK = "end_mark"


@dataclass(frozen=True, slots=True)
class Heading:
    """A column and what stands over it, from top to bottom: ``("维保信息", "开始")``."""

    column: int
    parts: tuple[str, ...]

    @property
    def name(self) -> str:
        return " / ".join(self.parts)

    @property
    def letters(self) -> str:
        return column_letters(self.column)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that was not taken as data, and its first words."""

    row: int
    reason: Reason
    text: str


@dataclass(frozen=True, slots=True)
class Layout:
    """The first and last row of column names, the columns, the rows to leave out up to the first data, and a score."""

    first: int
    last: int
    headings: tuple[Heading, ...]
    skipped: tuple[Skipped, ...]
    score: float


_INSTRUCTION = re.compile(
    r"^[*＊]?(?:必填|选填|可选|非必填|填写说明|说明|格式|示例|例如|例[:：]|请|文本|数字|日期|下拉|required|optional|e\.?g\.?|example|format|text$|number$|date$)",
    re.IGNORECASE,
)
_END = re.compile(
    r"^(?:合\s*计|总\s*计|小\s*计|注\s*[:：]|备注\s*[:：]|说明\s*[:：]|制表|填表|填报|审核人?[:：]|以下(?:空白|无内容|无正文)|第\s*\d+\s*页|end$|total$|-{3,}|={3,})",
    re.IGNORECASE,
)
_NUMBER_OR_DATE = re.compile(r"[-+]?[\d.,/:年月日\s-]+")


def find_layout(rows: Sequence[Row], recognise: Recognise | None = None) -> Layout:
    """Find the column names among the first rows of a sheet.

    :param recognise: tells whether a text is a known column name
    :raises NoHeader: no row looks like column names
    """
    scores = [(_score(row, recognise), -position) for position, row in enumerate(rows[:LOOK_AHEAD])]
    best, position = max(scores, default=(0.0, 0))
    if best <= 0:
        raise NoHeader(rows=len(rows[:LOOK_AHEAD]))
    first = last = -position
    while (
        last + 1 < len(rows)
        and recognise
        and _score(rows[last + 1], recognise) > 0
        and _known(rows[last + 1], recognise) * 2 >= _filled(rows[last + 1])
    ):
        last += 1
    if first and _groups(rows[first - 1], rows[first]):
        first -= 1
    skipped = [Skipped(row.number, Reason.ABOVE, _words(row)) for row in rows[:first] if not row.is_blank]
    for row in rows[last + 1 :]:
        if not _instructs(row):
            break
        skipped.append(Skipped(row.number, Reason.INSTRUCTION, _words(row)))
    headings = _headings(rows[first : last + 1])
    return Layout(rows[first].number, rows[last].number, headings, tuple(skipped), best)


def data_rows(rows: Iterable[Row], layout: Layout, skip: Callable[[Skipped], None]) -> Iterator[Row]:
    """Give the rows of data below the column names; what is left out, but for blank rows, goes to ``skip``."""
    left_out = {skipped.row for skipped in layout.skipped}
    names = [heading.parts[-1] for heading in layout.headings]
    for row in rows:
        if row.number <= layout.last or row.number in left_out or row.is_blank:
            continue
        if _END.match(_first_text(row)) and _filled(row) <= max(2, len(names) // 2):
            skip(Skipped(row.number, Reason.END_MARK, _words(row)))
        elif [cell.text for cell in row if cell.text] == names:
            skip(Skipped(row.number, Reason.REPEATED_HEADER, _words(row)))
        else:
            yield row


def _score(row: Row, recognise: Recognise | None) -> float:
    """Tell how much a row looks like column names: many short, different words; known ones count most."""
    texts = [cell.text for cell in row if cell.text]
    if not texts or any(len(text) > 60 for text in texts):
        return 0
    words = [text for text in texts if not _NUMBER_OR_DATE.fullmatch(text)]
    if len(words) * 2 < len(texts) or _instructs(row):
        return 0
    known = sum(map(recognise, texts)) if recognise else 0
    if recognise and not known:
        return 0
    return 10.0 * known + len(set(words)) - 2.0 * (len(texts) - len(words))


def _known(row: Row, recognise: Recognise) -> int:
    return sum(1 for cell in row if cell.text and recognise(cell.text))


def _filled(row: Row) -> int:
    return sum(1 for cell in row if cell.text)


def _instructs(row: Row) -> bool:
    """Tell whether a row explains how to fill the columns."""
    texts = [cell.text for cell in row if cell.text]
    return bool(texts) and sum(1 for text in texts if _INSTRUCTION.match(text)) * 2 >= len(texts)


def _groups(above: Row, names: Row) -> bool:
    """Tell whether the row above names groups of columns: fewer words, none alone over the whole table."""
    filled = [cell for cell in above if cell.text]
    return 2 <= len(filled) < _filled(names) + _filled(above) - len(filled) and all(
        len(cell.text) <= 20 and not _NUMBER_OR_DATE.fullmatch(cell.text) for cell in filled
    )


def _headings(rows: Sequence[Row]) -> tuple[Heading, ...]:
    """Join the rows of column names; a group's name counts for the columns to its right until the next one."""
    width = max(len(row.cells) for row in rows)
    parts: list[list[str]] = [[] for _column in range(width)]
    for level, row in enumerate(rows):
        group = ""
        for column in range(width):
            cell = row.cells[column] if column < len(row.cells) else None
            text = cell.text if cell else ""
            if level < len(rows) - 1:
                below = rows[-1].cells[column].text if column < len(rows[-1].cells) else ""
                group = text or (group if below else "")
                text = group
            if text and text not in parts[column]:
                parts[column].append(text)
    return tuple(Heading(column + 1, tuple(texts)) for column, texts in enumerate(parts) if texts)


def _first_text(row: Row) -> str:
    return next((cell.text for cell in row if cell.text), "")


def _words(row: Row) -> str:
    return " ".join(cell.text for cell in row if cell.text)[:120]
