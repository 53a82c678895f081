"""Which column fills which field: suggestions with a confidence; a column that is not taken is listed, never hidden."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum

from anwei.foundation.governance.findings import Finding
from anwei.foundation.governance.standards import match_key
from anwei.initialisation.migration.reading import Cell, Heading, Row
from anwei.initialisation.migration.vocabulary import Vocabulary

_CERTAIN = 0.9
_LIKENESS = 0.8  # of two names, as difflib counts it; below, 购置日期 would pass for 启用日期
_REMARK = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]|[*＊]")


class Ground(StrEnum):
    """Why a column was taken for a field, or for none."""

    CHOSEN = "chosen"  # by a person or a remembered mapping
    EXACT = "exact"
    SIMILAR = "similar"
    TAKEN = "taken"  # would fit, but another column fits the field as well or better
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file, the field it fills ("" for none; for TAKEN the field it would fit), and how certain that is (0 to 1)."""

    heading: Heading
    field: str
    confidence: float
    ground: Ground

    @property
    def is_mapped(self) -> bool:
        return bool(self.field) and self.ground is not Ground.TAKEN


@dataclass(frozen=True, slots=True)
class MappedRow:
    """A row of data by field; a field without a column or with an empty cell gives an empty text."""

    number: int
    cells: Mapping[str, Cell]

    def text(self, field: str) -> str:
        cell = self.cells.get(field)
        return cell.text if cell else ""

    def address(self, field: str) -> str:
        """Give the cell's address, or the row's number where the file has no such column."""
        cell = self.cells.get(field)
        return cell.address if cell else str(self.number)

    def findings(self) -> list[Finding]:
        """Give what the cells' own form tells against them, under the fields' names."""
        return [replace(finding, field=field) for field, cell in self.cells.items() for finding in cell.findings]


@dataclass(frozen=True, slots=True)
class Assignment:
    """The columns of a file with their fields."""

    columns: tuple[Column, ...]
    missing: tuple[str, ...]  # required fields that no column fills

    @property
    def unmapped(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if not column.is_mapped)

    def fields(self) -> dict[str, Column]:
        return {column.field: column for column in self.columns if column.is_mapped}

    def rows(self, rows: Iterable[Row]) -> Iterator[MappedRow]:
        """Give each row by field."""
        places = [(field, column.heading.column - 1) for field, column in self.fields().items()]
        for row in rows:
            width = len(row.cells)
            yield MappedRow(row.number, {field: row.cells[place] for field, place in places if place < width})


def assign(headings: Sequence[Heading], vocabulary: Vocabulary, chosen: Mapping[str, str] | None = None) -> Assignment:
    """Suggest a field for each column; of two columns for one field the surer wins, then the one to the left.

    :param chosen: fields by column name, from a person or remembered; "" = leave this column out; these are not questioned
    """
    chosen = chosen or {}
    names = vocabulary.named()
    offers = [
        Column(heading, chosen[heading.name], 1.0, Ground.CHOSEN if chosen[heading.name] else Ground.UNKNOWN)
        if heading.name in chosen
        else _offer(heading, names)
        for heading in headings
    ]
    winners: dict[str, Column] = {}
    for offer in sorted(offers, key=lambda column: (column.ground is not Ground.CHOSEN, -column.confidence, column.heading.column)):
        if offer.field:
            winners.setdefault(offer.field, offer)
    columns = tuple(offer if not offer.field or winners[offer.field] is offer else replace(offer, ground=Ground.TAKEN) for offer in offers)
    return Assignment(columns, tuple(field for field in vocabulary.required if field not in winners))


def recogniser(vocabulary: Vocabulary) -> Callable[[str], bool]:
    """Give the test whether a text names a column of this kind, for finding the row of column names."""
    names = vocabulary.named()

    def recognise(text: str) -> bool:
        return _best((text,), names)[1] >= _CERTAIN

    return recognise


def _offer(heading: Heading, names: Mapping[str, str]) -> Column:
    """Find the field a heading fits best: by its whole name, by its last part, or by likeness."""
    parts = heading.parts
    texts = ("".join(parts), *reversed(parts)) if len(parts) > 1 else parts
    field, confidence = _best(texts, names)
    if not field:
        field, confidence = _most_alike(texts, names)
    ground = Ground.UNKNOWN if not field else Ground.EXACT if confidence >= _CERTAIN else Ground.SIMILAR
    return Column(heading, field, round(confidence, 2), ground)


def _best(texts: Sequence[str], names: Mapping[str, str]) -> tuple[str, float]:
    """Give the field that one of the texts names; the further down the list and the more was left out, the less certain."""
    for order, text in enumerate(texts):
        for loss, plain in enumerate((text, _REMARK.sub("", text))):
            if field := names.get(match_key(plain)):
                return field, 1.0 - 0.03 * order - 0.02 * loss
    return "", 0.0


def _most_alike(texts: Sequence[str], names: Mapping[str, str]) -> tuple[str, float]:
    """Give the field whose name is most like one of the texts, "" below the likeness that counts."""
    keys = [match_key(_REMARK.sub("", text)) for text in texts]
    likeness, field = max((SequenceMatcher(None, key, name).ratio(), names[name]) for key in keys for name in names)
    return (field, likeness * _CERTAIN * 0.98) if likeness >= _LIKENESS else ("", 0.0)
