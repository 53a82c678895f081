"""Telephone numbers of China, several to a cell, with extensions and remarks.

Source: 电信网编号计划 (2017): mobiles are 11 digits from 13 to 19; area codes are 010, 02x and four digits from 03 to 09.
"""

import re
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from anwei.foundation.governance.findings import Finding, FindingKind, Severity, Standardised
from anwei.foundation.governance.standards.texts import tidy_text

REWRITTEN = FindingKind("phone.rewritten", Severity.REPAIR, _("Telephone “%(original)s” was written as %(value)s."))
AREA_INHERITED = FindingKind("phone.area_inherited", Severity.REPAIR, _("“%(original)s” took the area code before it: %(value)s."))
NO_AREA = FindingKind("phone.no_area", Severity.WARN, _("Telephone “%(original)s” has no area code."))
UNREADABLE = FindingKind("phone.unreadable", Severity.WARN, _("“%(original)s” is no telephone number; it was left out."))


@dataclass(frozen=True, slots=True)
class Phone:
    """One number: ``0712-2323036`` or ``13812345678``, its extension, and what people wrote beside it."""

    number: str
    extension: str = ""
    remark: str = ""

    def __str__(self) -> str:
        return f"{self.number}-{self.extension}" if self.extension else self.number


_DASHES = re.compile(r"\s*[-\u2010-\u2015\u2212\uff0d\u4e00]+\s*")
_EXTENSION = re.compile(r"\s*\(?\s*(?:转|分机|ext\.?)\s*(\d{1,6})\s*\)?", re.IGNORECASE)
_BETWEEN = re.compile(r"[/、，,;；|\n]|或者?|\bor\b")
_NUMBER = re.compile(r"(?<![A-Za-z\d-])(?:(?:\+|00)86[- ]?|86[- ]?(?=1[3-9]\d{9}))?(\d[\d -]*\d)(?:#(\d{1,6}))?(?![A-Za-z])")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_AREA = re.compile(r"(0(?:10|2\d|[3-9]\d\d))-?([2-9]\d{6,7})(?:-(\d{1,6}))?")
_SERVICE = re.compile(r"([48]00)-?(\d{3})-?(\d{4})")
_LOCAL = re.compile(r"([2-9]\d{6,7})(?:-(\d{1,6}))?")
_SHORT = re.compile(r"1[12]\d|9[56]\d{3}|123\d\d")
_PUNCTUATION = " :：-。.()（）"


def phones(text: str, field: str = "phone") -> Standardised[tuple[Phone, ...]]:
    """Give every number in the text, in its order; a local number takes over the area code before it."""
    plain, found = tidy_text(text, field)
    plain = _EXTENSION.sub(r"#\1", _DASHES.sub("-", plain))
    # (0471)3283999: brackets around digits belong to the number, around words they hold a remark
    plain = re.sub(r"[(（](0\d{2,3})[)）]-?", r"\1-", plain)
    findings = list(found)
    numbers: list[Phone] = []
    area = ""
    for piece in filter(None, (part.strip(_PUNCTUATION) for part in _BETWEEN.split(plain))):
        taken, area = _piece(piece, area, field, findings)
        numbers += taken
    result = tuple(dict.fromkeys(numbers))
    written = "/".join(str(number) for number in result)
    if result and re.sub(r"\s", "", written) != text.strip():
        findings.append(REWRITTEN.on(field, text.strip(), written))
    return Standardised(result, tuple(findings))


def _piece(piece: str, area: str, field: str, findings: list[Finding]) -> tuple[list[Phone], str]:
    """Read one piece between separators; mostly one number, sometimes several with their remarks."""
    matches = list(_NUMBER.finditer(piece))
    numbers: list[Phone] = []
    for position, match in enumerate(matches):
        remark = _remark(piece, matches, position)
        for digits in _joined(match.group(1)):
            if (phone := _recognise(digits)) is None:
                findings.append(UNREADABLE.on(field, piece))
                continue
            phone = replace(phone, extension=match.group(2) or phone.extension, remark=remark)
            phone, area = _with_area(phone, area, field, findings)
            numbers.append(phone)
    if not matches:
        findings.append(UNREADABLE.on(field, piece))
    return numbers, area


def _remark(piece: str, matches: list[re.Match[str]], position: int) -> str:
    """Give the words that belong to a number: people write them before every number of a piece, or after every one."""
    if piece[: matches[0].start()].strip():
        words = piece[matches[position - 1].end() if position else 0 : matches[position].start()]
    else:
        words = piece[matches[position].end() : matches[position + 1].start() if position + 1 < len(matches) else len(piece)]
    return words.strip(_PUNCTUATION + "<>〈〉[]")


def _joined(digits: str) -> list[str]:
    """Decide about spaces inside digits: one broken number (``1 8080732782``) or several numbers."""
    parts = digits.split()
    if len(parts) > 1 and all(_recognise(part) for part in parts):
        return parts
    return ["".join(parts)]


def _recognise(digits: str) -> Phone | None:
    """Give the number in its standard form, or None."""
    if _MOBILE.fullmatch(plain := digits.replace("-", "")):
        return Phone(plain)
    if found := _AREA.fullmatch(digits):
        return Phone(f"{found[1]}-{found[2]}", found[3] or "")
    if found := _SERVICE.fullmatch(digits):
        return Phone("-".join(found.groups()))
    if found := _LOCAL.fullmatch(digits):
        return Phone(found[1], found[2] or "")
    return Phone(digits) if _SHORT.fullmatch(digits) else None


def _with_area(phone: Phone, area: str, field: str, findings: list[Finding]) -> tuple[Phone, str]:
    """Give the number with its area code, and the area code that the next local number inherits."""
    head, dash, _rest = phone.number.partition("-")
    if dash and head.startswith("0"):
        return phone, head
    if not _LOCAL.fullmatch(phone.number):
        return phone, area
    if not area:
        findings.append(NO_AREA.on(field, phone.number))
        return phone, area
    whole = replace(phone, number=f"{area}-{phone.number}")
    findings.append(AREA_INHERITED.on(field, phone.number, whole))
    return whole, area
