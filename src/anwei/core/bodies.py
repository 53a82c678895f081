"""Strict reading of a definition's body: plain data from YAML or JSON, each fault named with its place."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anwei.core.errors import Refusal
from anwei.core.labels import Label, Said

NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
LONGEST_TEXT = 500


class BodyError(Refusal):
    """Say where a body is wrong and why."""

    code = "body_unfit"
    status = 422
    sentence = _("%(place)s: %(reason)s")

    def __init__(self, place: str, reason: Promise | str, **details: object) -> None:
        super().__init__(place=place, reason=Said(reason, details))
        self.place = place
        self.reason = Said(reason, details)


@dataclass(frozen=True, slots=True)
class Part:
    """Read one mapping inside a body; ``place`` is the way to it, ``error`` what is raised."""

    data: Mapping[str, object]
    place: str
    error: type[BodyError] = BodyError

    @classmethod
    def of(cls, data: object, place: str, error: type[BodyError] = BodyError) -> "Part":
        """Take `data` as a mapping with text keys, or refuse."""
        if not isinstance(data, Mapping) or not all(isinstance(key, str) for key in data):
            raise error(place, _("a mapping with text keys is expected"))
        return cls(data, place, error)

    def refuse(self, key: str, reason: Promise | str, **details: object) -> BodyError:
        """Make the error for the entry `key`, to be raised by the caller."""
        return self.error(f"{self.place}.{key}", reason, **details)

    def only(self, *allowed: str) -> "Part":
        """Refuse every key that is not `allowed`: a misspelt key must not be ignored in silence."""
        for key in self.data:
            if key not in allowed:
                raise self.refuse(key, _("unknown entry; known are %(known)s"), known=", ".join(allowed))
        return self

    def value(self, key: str) -> object:
        """Return the entry, which must be there."""
        if self.data.get(key) is None:
            raise self.refuse(key, _("is missing"))
        return self.data[key]

    def text(self, key: str) -> str:
        """Return a text that is not blank."""
        value = self.value(key)
        if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_TEXT:
            raise self.refuse(key, _("a text of 1 to %(longest)s characters is expected"), longest=LONGEST_TEXT)
        return value

    def name(self, key: str) -> str:
        """Return a key in snake_case."""
        return self._as_name(self.value(key), key)

    def names(self, key: str) -> tuple[str, ...]:
        """Return a list of different keys in snake_case, empty if the entry is absent."""
        names = tuple(self._as_name(value, key) for value in self.sequence(key))
        if len(set(names)) < len(names):
            raise self.refuse(key, _("something is named twice"))
        return names

    def label(self) -> Label:
        """Return the entries ``zh`` and ``en``, both needed."""
        return Label(self.text("zh"), self.text("en"))

    def sequence(self, key: str) -> Sequence[object]:
        """Return a list, empty if the entry is absent."""
        value = self.data.get(key)
        if value is None:
            return ()
        if not isinstance(value, list | tuple):
            raise self.refuse(key, _("a list is expected"))
        return value

    def part(self, key: str) -> "Part":
        """Return a mapping inside this one, empty if absent."""
        value = self.data.get(key)
        return Part.of({} if value is None else value, f"{self.place}.{key}", self.error)

    def parts(self, key: str) -> tuple["Part", ...]:
        """Return a list of mappings, empty if absent."""
        return tuple(Part.of(value, f"{self.place}.{key}[{i}]", self.error) for i, value in enumerate(self.sequence(key)))

    def named_parts(self, key: str) -> dict[str, "Part"]:
        """Return a mapping from snake_case names to mappings, empty if absent."""
        inner = self.part(key)
        return {inner._as_name(name, name): Part.of(value, f"{inner.place}.{name}", self.error) for name, value in inner.data.items()}

    def _as_name(self, value: object, key: str) -> str:
        if not isinstance(value, str) or not NAME.fullmatch(value):
            raise self.refuse(key, _("a name in small letters, digits and underscores is expected, not %(found)s"), found=repr(value))
        return value
