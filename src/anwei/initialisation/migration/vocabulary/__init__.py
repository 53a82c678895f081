"""How the columns of a kind of list are called, in Chinese and English, as shipped YAML files beside this module."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from anwei.foundation.governance.standards import match_key

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Target:
    """A field that a column can fill: its key, whether a row needs it, and its names, the one to show first."""

    key: str
    required: bool
    zh: tuple[str, ...]
    en: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return (self.key, *self.zh, *self.en)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The fields of one kind."""

    kind: str
    targets: tuple[Target, ...]

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(target.key for target in self.targets if target.required)

    def named(self) -> dict[str, str]:
        """Give the fields' keys by every comparable form of their names."""
        return {match_key(name): target.key for target in self.targets for name in target.names}


def kinds() -> tuple[str, ...]:
    """Give the kinds that have a vocabulary."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.yaml")))


@lru_cache
def vocabulary(kind: str) -> Vocabulary:
    """Read the vocabulary of a kind.

    :raises KeyError: the kind has none
    """
    if kind not in kinds():
        raise KeyError(kind)
    plain = yaml.safe_load((_FOLDER / f"{kind}.yaml").read_text(encoding="utf-8"))
    targets = (Target(field["key"], field.get("required", False), tuple(field["zh"]), tuple(field["en"])) for field in plain["fields"])
    return Vocabulary(plain["kind"], tuple(targets))
