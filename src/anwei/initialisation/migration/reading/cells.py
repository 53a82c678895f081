"""Cells with their addresses, and what a cell's own form tells against it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum

from django.utils.translation import gettext_lazy as _

from anwei.foundation.governance.findings import Finding, FindingKind, Severity
from anwei.foundation.governance.standards import tidy_text

Value = str | int | float | bool | date | datetime | time | timedelta | None

LONG_NUMBER = FindingKind(
    "cell.long_number", Severity.REJECT, _("The number %(original)s has 15 digits or more: the last ones may be lost. Enter it as text.")
)
SCIENTIFIC = FindingKind(
    "cell.scientific", Severity.REJECT, _("“%(original)s” is a shortened number: digits are lost. Enter it as text in full.")
)
ERROR_VALUE = FindingKind("cell.error_value", Severity.REJECT, _("The cell shows the error %(original)s."))
NO_VALUE = FindingKind("cell.no_value", Severity.REJECT, _("The cell holds a formula without a value. Open the file in Excel and save it."))
MERGED = FindingKind("cell.merged", Severity.REPAIR, _("The value “%(value)s” was taken from the merged cell above."))
APOSTROPHE = FindingKind("cell.apostrophe", Severity.REPAIR, _("The leading apostrophe in “%(original)s” was taken off."))


class Mark(Enum):
    """What the file says about a cell beside its value."""

    NO_VALUE = "no value"
    ERROR = "error"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what the file holds, the text to work with, and what was found.

    ``value`` is None where the cell is empty.
    """

    row: int
    column: int
    value: Value
    text: str
    findings: tuple[Finding, ...] = ()

    @property
    def address(self) -> str:
        return f"{column_letters(self.column)}{self.row}"


@dataclass(frozen=True, slots=True)
class Row:
    """One row with its number in the file, counted from 1."""

    number: int
    cells: tuple[Cell, ...]

    def __iter__(self) -> Iterator[Cell]:
        return iter(self.cells)

    @property
    def is_blank(self) -> bool:
        return not any(cell.text or cell.findings for cell in self.cells)


def column_letters(column: int) -> str:
    """Give A for 1, Z for 26, AA for 27."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


TOO_LONG = 1e14  # 15 digits: a spreadsheet keeps 15 and fills the rest with zeros
_SCIENTIFIC = re.compile(r"[+-]?\d(?:\.\d+)?[Ee]\+\d{2,3}")
_ERROR = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)|#{3,}")
_RUNS = r"[=+\-@\t\r＝＋－＠]"  # how a text begins that a spreadsheet would run (OWASP ASVS 5.0, 1.2.10)
_ACTIVE, _ESCAPED = re.compile(f"'*{_RUNS}"), re.compile(f"'+{_RUNS}")


def make_cell(row: int, column: int, value: Value, mark: Mark | None = None) -> Cell:
    """Give the cell with its text and findings."""
    if value is None or value == "":
        kind = {Mark.NO_VALUE: NO_VALUE, Mark.ERROR: ERROR_VALUE}.get(mark) if mark else None
        return Cell(row, column, None, "", (kind.on("", "#N/A"),) if kind else ())
    text, findings = _text(value)
    if mark is Mark.MERGED:
        findings = (*findings, MERGED.on("", "", text))
    return Cell(row, column, value, text, findings)


def escape(text: str) -> str:
    """Give the text as a spreadsheet shows it without running it; :func:`unescape` takes it back."""
    return f"'{text}" if _ACTIVE.match(text) else text


def unescape(text: str) -> tuple[str, tuple[Finding, ...]]:
    """Take off the apostrophe that guards a text which a spreadsheet would run as a formula."""
    if not (text.startswith("'") and _ESCAPED.match(text)):
        return text, ()
    return text[1:], (APOSTROPHE.on("", text, text[1:]),)


def _text(value: Value) -> tuple[str, tuple[Finding, ...]]:
    """Give the text of a value that is not empty."""
    if isinstance(value, str):
        text, findings = tidy_text(value)
        if "+" in text and _SCIENTIFIC.fullmatch(text):
            findings = (*findings, SCIENTIFIC.on("", text))
        elif text.startswith("#") and _ERROR.fullmatch(text):
            findings = (*findings, ERROR_VALUE.on("", text))
        return text, findings
    if isinstance(value, bool):
        return str(value).upper(), ()
    if isinstance(value, int | float):
        text = plain_number(value)
        return text, (LONG_NUMBER.on("", text),) if abs(value) >= TOO_LONG else ()
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds" if value.second else "minutes"), ()
    return value.isoformat() if isinstance(value, date | time) else str(value), ()


def plain_number(value: float) -> str:
    """Give the number without exponent, with the 15 significant digits that a spreadsheet keeps."""
    return str(int(value)) if float(value).is_integer() else f"{Decimal(f'{value:.15g}'):f}"
