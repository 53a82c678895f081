"""What is wrong, odd or repaired in a value, said so that a person can act on it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

from django.utils.functional import Promise

T_co = TypeVar("T_co", covariant=True)


class Severity(StrEnum):
    """How much a finding weighs."""

    REPAIR = "repair"  # changed without loss; the original is kept in the finding
    WARN = "warn"  # taken as it stands, but a person should look
    REJECT = "reject"  # not taken: the row is held


_KINDS: "dict[str, FindingKind]" = {}


@dataclass(frozen=True, slots=True)
class FindingKind:
    """One kind of finding: a stable code, its weight, and its sentence.

    The sentence may use ``%(original)s`` and ``%(value)s``. A code is given once: by it a stored finding gets its sentence back.
    """

    code: str
    severity: Severity
    sentence: Promise | str

    def __post_init__(self) -> None:
        if _KINDS.setdefault(self.code, self) is not self:
            raise ValueError(self.code)

    def on(self, field: str, original: object, value: object = "") -> "Finding":
        """Make the finding for one value.

        :param original: what was found
        :param value: what it became, or what it collides with
        """
        return Finding(self, field, str(original), str(value))


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding about one field's value."""

    kind: FindingKind
    field: str
    original: str
    value: str = ""

    @property
    def code(self) -> str:
        return self.kind.code

    @property
    def severity(self) -> Severity:
        return self.kind.severity

    @property
    def sentence(self) -> str:
        """The sentence in the language now active."""
        return str(self.kind.sentence) % {"original": self.original, "value": self.value}

    def plain(self) -> dict[str, str]:
        """Give the finding for storing: no sentence, since that belongs to the reader's language."""
        return {"code": self.code, "field": self.field, "original": self.original, "value": self.value}

    @classmethod
    def restored(cls, plain: Mapping[str, str]) -> "Finding":
        """Give back a stored finding.

        :raises KeyError: no module that is loaded knows its code
        """
        return cls(_KINDS[plain["code"]], plain["field"], plain["original"], plain["value"])


class Standardised(NamedTuple, Generic[T_co]):
    """A value in its standard form, and everything that was found on the way."""

    value: T_co
    findings: tuple[Finding, ...] = ()


def rejected(findings: Iterable[Finding]) -> bool:
    """Tell whether any of the findings holds the row."""
    return any(finding.severity is Severity.REJECT for finding in findings)
