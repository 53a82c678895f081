"""Calendar dates as people and spreadsheets write them. A date that can be read in two ways is never guessed."""

import re
from datetime import date, datetime, timedelta
from enum import Enum

from django.utils.translation import gettext_lazy as _

from anwei.foundation.governance.findings import FindingKind, Severity, Standardised
from anwei.foundation.governance.standards.texts import tidy_text

REWRITTEN = FindingKind("date.rewritten", Severity.REPAIR, _("Date “%(original)s” was written as %(value)s."))
TIME_DROPPED = FindingKind("date.time_dropped", Severity.REPAIR, _("Of “%(original)s” only the date %(value)s was taken."))
SERIAL = FindingKind("date.serial", Severity.REPAIR, _("The number %(original)s was read as the spreadsheet date %(value)s."))
IMPOSSIBLE = FindingKind("date.impossible", Severity.REJECT, _("“%(original)s” is not a day of the calendar."))
AMBIGUOUS = FindingKind("date.ambiguous", Severity.REJECT, _("“%(original)s” can be read as two different dates; write it as 2024-03-05."))
INCOMPLETE = FindingKind("date.incomplete", Severity.REJECT, _("“%(original)s” lacks the day; write it as 2024-03-05."))
FAR_AWAY = FindingKind("date.far_away", Severity.REJECT, _("“%(original)s” lies too far away: a date must be between 1949 and 2100."))
UNREADABLE = FindingKind("date.unreadable", Severity.REJECT, _("“%(original)s” is no date; write it as 2024-03-05."))


class Epoch(Enum):
    """The day a workbook counts its serial dates from (ECMA-376 part 1, 18.17.4.1)."""

    WINDOWS_1900 = date(1899, 12, 30)
    MAC_1904 = date(1904, 1, 1)


_FIRST, _LAST = date(1949, 1, 1), date(2100, 12, 31)
_LEAP_THAT_NEVER_WAS = 60  # 1900-02-29 in the Windows epoch; serials before it count from 1899-12-31
_TIME = re.compile(r"(?:T|\s+|(?<=日))(\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?|\d{1,2}时\d{1,2}分?(?:\d{1,2}秒?)?)$")
_YEAR_FIRST = re.compile(r"(\d{4})\s*([-/.年 ])\s*(\d{1,2})\s*(?:\2|月)\s*(\d{1,2})\s*[日号]?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_REPUBLIC = re.compile(r"(?:民国|民國)\s*(\d{1,3})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日?")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
_NO_DAY = re.compile(r"\d{4}\s*年?|\d{4}\s*[-/.年]\s*\d{1,2}\s*月?")
_SHORT_YEAR = re.compile(r"\d{1,2}([-/.])\d{1,2}\1\d{1,2}|\d{2}年\d{1,2}月\d{1,2}日?|\d{1,2}[-/.]\d{1,2}")

Written = str | int | float | date | datetime


def calendar_date(written: Written, field: str = "date", epoch: Epoch = Epoch.WINDOWS_1900) -> Standardised[date | None]:
    """Give the day, or None where the text is empty or holds no day that exists.

    :param written: text (``2024-03-05 2024/3/5 2024.3.5 2024年3月5日 20240305 民国113年3月5日 25/03/2024``), a serial number, or a date
    """
    if isinstance(written, datetime):
        kind = TIME_DROPPED if written.time() != datetime.min.time() else None
        return _bounded(written.date(), written, field, kind)
    if isinstance(written, date):
        return _bounded(written, written, field, None)
    if isinstance(written, int | float):
        return _from_serial(written, field, epoch)
    text, tidied = tidy_text(written, field)
    if not text:
        return Standardised(None, tidied)
    result = _from_text(text, field)
    return Standardised(result.value, (*tidied, *result.findings))


def _from_serial(number: float, field: str, epoch: Epoch) -> Standardised[date | None]:
    day = int(number) if abs(number) < 1e7 else -1
    if epoch is Epoch.WINDOWS_1900 and day == _LEAP_THAT_NEVER_WAS:
        return Standardised(None, (IMPOSSIBLE.on(field, number),))
    if not 0 < day < 73_415:  # 2100-12-31 in the earlier epoch
        return Standardised(None, (UNREADABLE.on(field, number),))
    return _bounded(epoch.value + timedelta(days=day), number, field, SERIAL)


def _from_text(text: str, field: str) -> Standardised[date | None]:
    """Read a tidied text."""
    plain = text
    kind = REWRITTEN
    if found := _TIME.search(text):
        plain = text[: found.start()].strip()
        kind = TIME_DROPPED if found.group(1).strip("0:.时分秒") else REWRITTEN
    if found := _YEAR_FIRST.fullmatch(plain):
        parts = (int(found[1]), int(found[3]), int(found[4]))
    elif found := _COMPACT.fullmatch(plain):
        parts = (int(found[1]), int(found[2]), int(found[3]))
    elif found := _REPUBLIC.fullmatch(plain):
        parts = (int(found[1]) + 1911, int(found[2]), int(found[3]))
    elif found := _YEAR_LAST.fullmatch(plain):
        one, two = int(found[1]), int(found[3])
        if one != two and max(one, two) <= 12:
            return Standardised(None, (AMBIGUOUS.on(field, text),))
        parts = (int(found[4]), min(one, two), max(one, two)) if max(one, two) > 12 else (int(found[4]), one, two)
    else:
        refusal = INCOMPLETE if _NO_DAY.fullmatch(plain) else AMBIGUOUS if _SHORT_YEAR.fullmatch(plain) else UNREADABLE
        return Standardised(None, (refusal.on(field, text),))
    try:
        day = date(*parts)
    except ValueError:
        return Standardised(None, (IMPOSSIBLE.on(field, text),))
    return _bounded(day, text, field, None if day.isoformat() == text else kind)


def _bounded(day: date, original: object, field: str, kind: FindingKind | None) -> Standardised[date | None]:
    """Refuse what cannot be a date of a device, a contract or a person's paper."""
    if not _FIRST <= day <= _LAST:
        return Standardised(None, (FAR_AWAY.on(field, original),))
    return Standardised(day, (kind.on(field, original, day),) if kind else ())
