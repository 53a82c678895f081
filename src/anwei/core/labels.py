"""Names and sentences that come from data and are written in both languages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import get_language


def speaks_chinese() -> bool:
    """Tell whether the reader's language is Chinese."""
    return (get_language() or "").startswith("zh")


@dataclass(frozen=True, slots=True)
class Label:
    """Hold one name in Chinese and English; as text it speaks the active language."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.zh if speaks_chinese() else self.en


@dataclass(frozen=True, slots=True)
class Said:
    """Hold a translatable sentence with its values until somebody reads it."""

    text: Promise | str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return str(self.text) % self.values


class Listing:
    """Hold several names; as text they stand in one line, separated as the active language does."""

    def __init__(self, names: Iterable[object]) -> None:
        self.names = tuple(names)

    def __str__(self) -> str:
        return ("、" if speaks_chinese() else ", ").join(str(name) for name in self.names)
