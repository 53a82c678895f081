"""A row that was checked: its candidate or the reasons why it is held, each with the address of its cell."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from django.utils.translation import gettext_lazy as _

from anwei.foundation.governance.findings import Finding, FindingKind, Severity, Standardised, rejected
from anwei.initialisation.migration.columns import MappedRow

C = TypeVar("C")
T = TypeVar("T")

TOO_LONG = FindingKind("row.too_long", Severity.REJECT, _("“%(original)s” is longer than %(value)s characters."))
REPEATS = FindingKind("row.repeats", Severity.REJECT, _("“%(original)s” stands in row %(value)s already; only the first is taken."))


@dataclass(frozen=True, slots=True)
class Note:
    """A finding and the cell it was found in."""

    row: int
    address: str
    finding: Finding

    def plain(self) -> dict[str, str]:
        """Give the note for storing with its row."""
        return {"address": self.address, **self.finding.plain()}

    @classmethod
    def restored(cls, row: int, plain: Mapping[str, str]) -> "Note":
        return cls(row, plain["address"], Finding.restored(plain))


@dataclass(frozen=True, slots=True)
class Checked(Generic[C]):
    """A checked row; ``candidate`` is None where the row is held."""

    row: int
    candidate: C | None
    notes: tuple[Note, ...]

    @property
    def reasons(self) -> tuple[Note, ...]:
        """Why the row is held."""
        return tuple(note for note in self.notes if note.finding.severity is Severity.REJECT)


@dataclass(slots=True)
class RowCheck:
    """Collects what is found while one row is turned into a candidate."""

    row: MappedRow
    findings: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.findings += self.row.findings()

    def take(self, result: Standardised[T]) -> T:
        """Keep the findings and give the value."""
        self.findings += result.findings
        return result.value

    def text(self, key: str, limit: int) -> str:
        """Give a text that must not be longer than its column in the ledger."""
        text = self.row.text(key)
        if len(text) > limit:
            self.findings.append(TOO_LONG.on(key, text, limit))
        return text

    def require(self, key: str, missing: FindingKind) -> None:
        """Hold the row where the field is empty, unless its cell says already what is wrong with it."""
        if not self.row.text(key) and not any(finding.field == key for finding in self.findings):
            self.findings.append(missing.on(key, ""))

    def close(self, candidate: C) -> Checked[C]:
        """Give the checked row."""
        notes = tuple(Note(self.row.number, self.row.address(finding.field), finding) for finding in self.findings)
        return Checked(self.row.number, None if rejected(self.findings) else candidate, notes)
