"""Columns of a list and what stands in their cells. A cell draws itself from one row as a plain dict; it never asks the database."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from django.urls import reverse
from django.utils.safestring import SafeString

from anwei.core import markup, wording
from anwei.core.labels import Label
from anwei.core.lists.keyset import Row
from anwei.core.shell import ClockView, PillView, Text

Exported = str | int | Decimal | datetime | date | None
URL = "@url"  # where render puts the address of the row


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell needs, how it looks, and what an exported table says in its place."""

    fields: tuple[str, ...]
    draw: Callable[[Row], str]
    value: Callable[[Row], Exported]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list.

    ``sort`` names the indexed fields to sort by (empty: cannot be sorted). ``role`` says what a phone does with it: the *name*
    comes first, *state* and *clock* follow, *facts* share lines, *extra* is left out. A ``hidden`` column shows once it is picked.
    """

    key: str
    label: Text
    cell: Cell
    sort: tuple[str, ...] = ()
    role: Literal["name", "state", "clock", "fact", "number", "extra"] = "fact"
    hidden: bool = False

    @property
    def classes(self) -> str:
        """Name the classes of the column's cells."""
        return _CLASSES[self.role]


_CLASSES = {
    "name": "main-cell c-name",
    "state": "c-state",
    "clock": "c-clock",
    "fact": "c-m cut c-fact",
    "number": "num c-fact",
    "extra": "c-m cut c-extra",
}


@dataclass(frozen=True, slots=True)
class RowLink:
    """The address of each row: a named URL with one argument taken from ``field``."""

    url_name: str
    field: str = "id"

    def fill(self, rows: Sequence[Row]) -> None:
        """Write each row's address into it. Reversing is slow, so the first row makes the pattern and the last one checks it."""
        if not rows:
            return
        first, last = rows[0], rows[-1]
        before, mark, after = self._reverse(first).rpartition(str(first[self.field]))
        regular = bool(mark) and f"{before}{last[self.field]}{after}" == self._reverse(last)
        for row in rows:
            row[URL] = f"{before}{row[self.field]}{after}" if regular else self._reverse(row)

    def _reverse(self, row: Row) -> str:
        return reverse(self.url_name, args=[row[self.field]])


def text(field: str) -> Cell:
    """Show a text as it is."""
    return Cell((field,), lambda row: _titled(row[field]), lambda row: row[field])


def label(zh: str, en: str) -> Cell:
    """Show a name that is kept in both languages in the reader's."""

    def words(row: Row) -> str:
        return str(Label(row[zh] or "", row[en] or ""))

    return Cell((zh, en), lambda row: _titled(words(row)), words)


def named(name: str, number: str, *more: str) -> Cell:
    """Show the thing's name, linked, with its number and more small facts below."""

    return _named((name,), lambda row: row[name], number, more)


def named_label(zh: str, en: str, number: str, *more: str) -> Cell:
    """Show the thing's name in the reader's language, as `named` does."""
    return _named((zh, en), lambda row: Label(row[zh], row[en]), number, more)


def _named(fields: Sequence[str], name: Callable[[Row], object], number: str, more: Sequence[str]) -> Cell:
    def draw(row: Row) -> str:
        label = markup.shown(name(row))
        below = "".join(f" · {markup.shown(row[field])}" for field in more if row[field])
        head = (
            f'<a class="name cut" href="{markup.shown(row[URL])}" title="{label}">{label}</a>'
            if row.get(URL)
            else f'<span class="name cut">{label}</span>'
        )
        return f'{head}<span class="under cut"><span class="mono">{markup.shown(row[number])}</span>{below}</span>'

    return Cell((*fields, number, *more), draw, lambda row: f"{row[number]} {name(row)}")


def two_lines(field: str, under: str) -> Cell:
    """Show a text with a smaller one below."""

    def draw(row: Row) -> str:
        below = markup.shown(row[under])
        return f'{_titled(row[field])}<span class="under cut">{below}</span>' if below else _titled(row[field])

    return Cell((field, under), draw, lambda row: " ".join(str(row[part]) for part in (field, under) if row[part]))


def state(field: str, pills: Mapping[Any, PillView]) -> Cell:
    """Show a state by its pill; an unknown state shows its own word."""

    def draw(row: Row) -> str:
        view = pills.get(row[field])
        return markup.pill(view) if view else markup.shown(row[field])

    def value(row: Row) -> Exported:
        view = pills.get(row[field])
        return str(view.label) if view else row[field]

    return Cell((field,), draw, value)


def clock(fields: tuple[str, ...], view: Callable[[Row], ClockView | None]) -> Cell:
    """Show a clock made from some fields."""

    def value(row: Row) -> Exported:
        made = view(row)
        return str(made.word) if made else None

    return Cell(fields, lambda row: markup.clock(view(row)), value)


def moment(field: str) -> Cell:
    """Show a time or a day in full."""
    return Cell((field,), lambda row: wording.when(row[field]), lambda row: row[field])


def moment_near(field: str, today: Callable[[], date]) -> Cell:
    """Show a time as short as it stays clear on the day the page is read."""
    return Cell((field,), lambda row: wording.when_near(row[field], today()), lambda row: row[field])


def amount(field: str, places: int | None = 2) -> Cell:
    """Show a number; its unit stands in the column's label."""
    return Cell((field,), lambda row: wording.number(row[field], places), lambda row: row[field])


def drawn(fields: tuple[str, ...], draw: Callable[[Row], str], value: Callable[[Row], Exported] | None = None) -> Cell:
    """Show what a function of the row returns; a plain string is escaped."""
    return Cell(fields, lambda row: markup.shown(draw(row)), value or (lambda row: row[fields[0]]))


def _titled(content: object) -> SafeString:
    shown = markup.shown(content)
    return SafeString(f'<span title="{shown}">{shown}</span>' if len(shown) > 12 else shown)
