"""Working time: when work is done, how long something took in it, when something is due.

Everything is counted in whole microseconds between instants, so that no minute is lost; the windows of a day become instants once.
A wall time that a change of the clocks skips is moved on by the gap; of one that comes twice the first counts (as java.time does).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext_lazy as _

from anwei.core.bodies import BodyError, Part
from anwei.core.labels import Label

Pause = tuple[datetime, datetime]
Window = tuple[int, int]  # minutes of the day, from and until; the day ends at 1440

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ROUND_THE_CLOCK: tuple[Window, ...] = ((0, 1440),)
LONGEST_MINUTES = 10 * 366 * 1440  # ten years: what is due later is a mistake
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_MINUTE = 60_000_000
_CLOCK = re.compile(r"([01]\d|2[0-4]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)")


class CalendarError(BodyError):
    """Refuse a calendar body that cannot be read."""

    code = "calendar_unfit"


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """Hold a day that departs from the week: a holiday (no windows) or a make-up workday (its own)."""

    label: Label
    windows: tuple[Window, ...] = ()


@dataclass(frozen=True)
class WorkCalendar:
    """Hold the windows of each weekday and the days that depart from them.

    All times passed in must be aware; times returned stand in the calendar's zone.
    """

    zone: ZoneInfo
    week: tuple[tuple[Window, ...], ...]
    special: Mapping[date, SpecialDay] = field(default_factory=dict)
    known_until: date | None = None
    _days: dict[int, tuple[tuple[int, int], ...]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def round_the_clock(cls, zone: str = "Asia/Shanghai") -> "WorkCalendar":
        """Make the calendar in which every minute counts."""
        return cls(ZoneInfo(zone), (ROUND_THE_CLOCK,) * 7)

    @classmethod
    def from_definition(cls, body: object) -> "WorkCalendar":
        """Read a calendar.

        The body holds ``time_zone`` (a name of the IANA list), ``week`` (weekday in English → list of "08:30-12:00"; or "24x7" in place of
        the mapping: every minute counts), ``days_off`` (list of {date, zh, en}), ``work_days`` (list of {date, zh, en, windows}) and
        ``known_until`` (the last day for which the days off are announced). Dates are written "2026-10-01".

        :raises CalendarError: something is missing, unknown or contradicts itself; names the place
        """
        part = Part.of(body, "calendar", CalendarError).only("time_zone", "week", "days_off", "work_days", "known_until")
        known_until = _read_date(part, "known_until") if part.data.get("known_until") is not None else None
        return cls(_read_zone(part), _read_week(part), _read_special(part), known_until)

    def add(self, start: datetime, minutes: int, pauses: Iterable[Pause] = ()) -> datetime:
        """Return the instant at which `minutes` of working time have passed since `start`, the pauses left out.

        At the end of a window it is that end, not the next morning. With no minutes it is `start`.

        :raises ValueError: a time is naive, a pause ends before it begins, or the minutes are negative or over ten years
        """
        if not 0 <= minutes <= LONGEST_MINUTES:
            raise ValueError(f"minutes must lie between 0 and {LONGEST_MINUTES}")
        begin, left = _instant(start), minutes * _MINUTE
        if not left:
            return self._moment(begin)
        for opens, closes in self._working(begin, pauses):
            if closes - opens >= left:
                return self._moment(opens + left)
            left -= closes - opens
        raise AssertionError("a calendar has working time in every week")

    def elapsed(self, start: datetime, end: datetime, pauses: Iterable[Pause] = ()) -> timedelta:
        """Return the working time between two instants, the pauses left out; nothing if `end` is not after `start`.

        :raises ValueError: a time is naive or a pause ends before it begins
        """
        begin, until = _instant(start), _instant(end)
        total = 0
        for opens, closes in self._working(begin, pauses):
            if opens >= until:
                break
            total += min(closes, until) - opens
        return timedelta(microseconds=total)

    def between(self, start: datetime, end: datetime, pauses: Iterable[Pause] = ()) -> int:
        """Return the whole working minutes between two instants, the pauses left out."""
        return self.elapsed(start, end, pauses) // timedelta(minutes=1)

    def is_working(self, at: datetime) -> bool:
        """Tell whether `at` lies in working time (its first instant does, its last does not)."""
        return next(self._working(_instant(at), ()))[0] == _instant(at)

    def next_start(self, at: datetime) -> datetime:
        """Return the first instant of working time that is not before `at`: `at` itself if work is on."""
        opens, _closes = next(self._working(_instant(at), ()))
        return self._moment(opens)

    def knows(self, day: date) -> bool:
        """Tell whether the days off are announced for this day; later ones count by the plain week."""
        return self.known_until is None or day <= self.known_until

    def windows(self, day: date) -> tuple[Window, ...]:
        """Return the windows of a day in minutes since its midnight."""
        return self.special[day].windows if day in self.special else self.week[day.weekday()]

    def _working(self, begin: int, pauses: Iterable[Pause]) -> Iterator[tuple[int, int]]:
        """Yield every stretch of working time from `begin` on, without end, in order."""
        merged = _merge(pauses)
        number = self._moment(begin).toordinal()
        while True:
            for opens, closes in self._day(number):
                if closes > begin:
                    yield from _without(max(opens, begin), closes, merged)
            number += 1

    def _day(self, number: int) -> tuple[tuple[int, int], ...]:
        if number not in self._days:
            self._days[number] = tuple(self._instants(date.fromordinal(number)))
        return self._days[number]

    def _instants(self, day: date) -> Iterator[tuple[int, int]]:
        last, midnight = self._wall(day, 0), self._wall(day, 1440)
        for window in self.windows(day):
            opens, closes = max(last, self._wall(day, window[0])), min(midnight, self._wall(day, window[1]))
            if closes > opens:
                yield opens, closes
                last = closes

    def _wall(self, day: date, minute: int) -> int:
        if minute == 1440:
            day, minute = day + timedelta(days=1), 0
        return _instant(datetime.combine(day, time(minute // 60, minute % 60), self.zone))

    def _moment(self, instant: int) -> datetime:
        return (_EPOCH + timedelta(microseconds=instant)).astimezone(self.zone)


def _instant(at: datetime) -> int:
    if at.tzinfo is None:
        raise ValueError("a time without its zone cannot be placed")
    return (at - _EPOCH) // _MICROSECOND


def _merge(pauses: Iterable[Pause]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for opens, closes in sorted((_instant(begin), _instant(end)) for begin, end in pauses):
        if closes < opens:
            raise ValueError("a pause ends before it begins")
        if merged and opens <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], closes))
        else:
            merged.append((opens, closes))
    return merged


def _without(opens: int, closes: int, pauses: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for begin, end in pauses:
        if end <= opens:
            continue
        if begin >= closes:
            break
        if begin > opens:
            yield opens, begin
        opens = end
    if opens < closes:
        yield opens, closes


def _read_zone(part: Part) -> ZoneInfo:
    name = part.text("time_zone")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise part.refuse("time_zone", _("there is no time zone %(name)s"), name=name) from error


def _read_week(part: Part) -> tuple[tuple[Window, ...], ...]:
    if part.data.get("week") == "24x7":
        return (ROUND_THE_CLOCK,) * 7
    inner = part.part("week").only(*WEEKDAYS)
    week = tuple(_read_windows(inner, day) for day in WEEKDAYS)
    if not any(week):
        raise part.refuse("week", _("no weekday has working time"))
    return week


def _read_special(part: Part) -> dict[date, SpecialDay]:
    special: dict[date, SpecialDay] = {}
    for key, allowed in (("days_off", ("date", "zh", "en")), ("work_days", ("date", "zh", "en", "windows"))):
        for entry in part.parts(key):
            day = _read_date(entry.only(*allowed), "date")
            if day in special:
                raise entry.refuse("date", _("%(day)s is named twice"), day=day.isoformat())
            windows = _read_windows(entry, "windows")
            if bool(windows) != (key == "work_days"):
                raise entry.refuse("windows", _("are missing"))
            special[day] = SpecialDay(entry.label(), windows)
    return special


def _read_date(part: Part, key: str) -> date:
    try:
        return date.fromisoformat(part.text(key))
    except ValueError as error:
        raise part.refuse(key, _("a date like 2026-10-01 is expected")) from error


def _read_windows(part: Part, key: str) -> tuple[Window, ...]:
    windows = []
    for text in part.sequence(key):
        match = _CLOCK.fullmatch(text) if isinstance(text, str) else None
        if match is None:
            raise part.refuse(key, _("a window like 08:30-12:00 is expected"))
        first, minute, last, until = map(int, match.groups())
        windows.append((first * 60 + minute, last * 60 + until))
    ends = [0, *(end for window in windows for end in window), 1440]
    # equal neighbours may meet between windows, never inside one
    if any(left > right for left, right in pairwise(ends)) or any(begin == end for begin, end in windows):
        raise part.refuse(key, _("windows must follow one another inside one day; write a night as 22:00-24:00 and 00:00-06:00"))
    return tuple(windows)
