"""Filters of a list: each reads its part of the address, says what it found and offers itself in the form.

What a filter cannot read it refuses, never guesses.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import QueryDict
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _

from anwei.core.shell import Text

LONGEST = 100  # characters of a search; longer ones are no search


class Unreadable(ValueError):
    """A value in the address that a filter does not understand."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a filter made of the address: a condition, the word on its chip, and the parameters it keeps."""

    where: Q
    word: str
    kept: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Option:
    """A choice offered in the form."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Control:
    """How a filter stands in the form: ``checks``, ``select`` or ``dates``."""

    kind: str
    key: str
    label: Text
    options: Sequence[Option] = ()
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter(ABC):
    """What all filters share: the parameter's name and the label people read."""

    key: str
    label: Text

    @property
    def parameters(self) -> tuple[str, ...]:
        """Name the parameters of the address that belong to this filter."""
        return (self.key,)

    @abstractmethod
    def read(self, params: QueryDict) -> Found | None:
        """Read the address; give None when the filter is not set.

        :raises Unreadable: the value means nothing
        """

    @abstractmethod
    def control(self, params: QueryDict) -> Control | None:
        """Offer the filter in the form, or only by link."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Filter):
    """One or several of a fixed set, by the value of a field."""

    field: str
    choices: Sequence[tuple[str, Text]]

    def read(self, params: QueryDict) -> Found | None:
        """Read one or several values."""
        values = [value for value in params.getlist(self.key) if value]
        words = dict(self.choices)
        if not values:
            return None
        if any(value not in words for value in values):
            raise Unreadable(self.key)
        word = str(words[values[0]])
        if len(values) > 1:
            word = _("%(first)s and %(n)d more") % {"first": word, "n": len(values) - 1}
        return Found(Q(**{f"{self.field}__in": values}), word, tuple((self.key, value) for value in values))

    def control(self, params: QueryDict) -> Control:
        """Offer a box to tick for each."""
        chosen = params.getlist(self.key)
        return Control("checks", self.key, self.label, [Option(value, str(word), value in chosen) for value, word in self.choices])


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreign(Filter):
    """One related thing by its id.

    ``label_of`` gives its name, or None when there is none this person may see; ``options`` offers a short list.
    """

    field: str
    label_of: Callable[[str], Text | None]
    options: Callable[[], Iterable[tuple[str, Text]]] | None = None

    def read(self, params: QueryDict) -> Found | None:
        """Read one id."""
        value = params.get(self.key, "")
        if not value:
            return None
        try:
            word = self.label_of(plain(value, self.key))
        except (ValidationError, ValueError) as error:  # an id of the wrong shape
            raise Unreadable(self.key) from error
        if word is None:
            raise Unreadable(self.key)
        return Found(Q(**{self.field: value}), str(word), ((self.key, value),))

    def control(self, params: QueryDict) -> Control | None:
        """Offer a list to pick from, where there is one."""
        if self.options is None:
            return None
        chosen = params.get(self.key, "")
        return Control("select", self.key, self.label, [Option(value, str(word), value == chosen) for value, word in self.options()])


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag(Filter):
    """Yes or no, each with its condition."""

    yes: Q
    no: Q | None = None

    def read(self, params: QueryDict) -> Found | None:
        """Read ``1`` or ``0``."""
        value = params.get(self.key, "")
        if not value:
            return None
        where = {"1": self.yes, "0": ~self.yes if self.no is None else self.no}.get(value)
        if where is None:
            raise Unreadable(self.key)
        return Found(where, _("yes") if value == "1" else _("no"), ((self.key, value),))

    def control(self, params: QueryDict) -> Control:
        """Offer yes and no."""
        value = params.get(self.key, "")
        return Control("select", self.key, self.label, [Option("1", _("yes"), value == "1"), Option("0", _("no"), value == "0")])


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRange(Filter):
    """Days from and to, both included, in the reader's time zone; ``days=True`` when the field is a date and not a moment."""

    field: str
    days: bool = False

    @property
    def parameters(self) -> tuple[str, ...]:
        """Name the two ends."""
        return f"{self.key}_from", f"{self.key}_to"

    def read(self, params: QueryDict) -> Found | None:
        """Read the two ends; either may be open."""
        raw = [params.get(name, "") for name in self.parameters]
        if not any(raw):
            return None
        since, until = (self._day(text) for text in raw)
        if since and until and since > until:
            raise Unreadable(self.key)
        where = Q()
        if since:
            where &= Q(**{f"{self.field}__gte": since if self.days else _midnight(since)})
        if until:
            after = until + timedelta(days=1)
            where &= Q(**{f"{self.field}__lt": after if self.days else _midnight(after)})
        kept = tuple((name, text) for name, text in zip(self.parameters, raw, strict=True) if text)
        return Found(where, f"{since or ''} – {until or ''}" if since != until else str(since), kept)

    def control(self, params: QueryDict) -> Control:
        """Offer two dates."""
        since, until = (params.get(name, "") for name in self.parameters)
        return Control("dates", self.key, self.label, since=since, until=until)

    def _day(self, text: str) -> date | None:
        if not text:
            return None
        try:
            day = date.fromisoformat(text)
        except ValueError as error:
            raise Unreadable(self.key) from error
        if not 1900 <= day.year <= 2999:  # further out, midnight in another zone falls off the calendar
            raise Unreadable(self.key)
        return day


@dataclass(frozen=True, slots=True, kw_only=True)
class Search(Filter):
    """Words typed into the search box; ``where`` turns them into a condition."""

    where: Callable[[str], Q]
    key: str = "q"
    label: Text = field(default="")

    def read(self, params: QueryDict) -> Found | None:
        """Read the words."""
        words = plain(params.get(self.key, "").strip(), self.key)
        return Found(self.where(words), words, ((self.key, words),)) if words else None

    def control(self, params: QueryDict) -> None:
        """Stand outside the form's menu: the box is always in sight."""


def plain(text: str, key: str) -> str:
    """Pass a text on that a database can take: not too long, no NUL, no broken character.

    :raises Unreadable: it is none
    """
    if len(text) > LONGEST or "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise Unreadable(key)
    return text


def contains(*fields: str) -> Callable[[str], Q]:
    """Make the plain search: the words stand in one of the fields."""

    return lambda words: reduce(or_, (Q(**{f"{name}__icontains": words}) for name in fields))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), get_current_timezone())
