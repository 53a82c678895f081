"""Text: white space, invisible characters, full-width letters and digits."""

import re

from django.utils.translation import gettext_lazy as _

from anwei.foundation.governance.findings import FindingKind, Severity, Standardised

BROKEN = FindingKind("text.broken", Severity.REJECT, _("The text contains characters that no text may hold (NUL or half a character)."))
INVISIBLE = FindingKind("text.invisible", Severity.REPAIR, _("Invisible or control characters were taken out of “%(value)s”."))
FULL_WIDTH = FindingKind("text.full_width", Severity.REPAIR, _("Full-width letters or digits in “%(original)s” were made half-width."))
SPACES = FindingKind("text.spaces", Severity.REPAIR, _("Spare or special spaces around or in “%(value)s” were tidied."))

_ODD = re.compile(r"[^\x20-\x7e\u3001-\u9fff]|^ |  | $")  # anything but plain ASCII and plain Chinese deserves a look
_NEVER = re.compile("[\x00\ud800-\udfff]")
# zero-width, bidi marks, soft hyphen, byte order mark, C0/C1 controls except tab and line ends
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_WIDE = {ord(wide): ord(wide) - 0xFEE0 for wide in "＃＆－．／＿"}  # brackets, commas and colons are full-width by right in Chinese
_WIDE |= {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_BLANK = re.compile("[\t \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_LINE_END = re.compile(r"\s*(?:\r\n|[\r\n\x85\u2028\u2029])\s*")


def tidy_text(text: str, field: str = "") -> Standardised[str]:
    """Give the text without spare spaces and invisible characters, letters and digits in half width; line ends stay."""
    if not _ODD.search(text):
        return Standardised(text)
    if _NEVER.search(text):
        return Standardised("", (BROKEN.on(field, text.encode("utf-8", "backslashreplace").decode().replace("\x00", "\\x00")),))
    visible = _INVISIBLE.sub("", text)
    narrow = visible.translate(_WIDE)
    tidy = _LINE_END.sub("\n", _BLANK.sub(" ", narrow)).strip()
    steps = ((INVISIBLE, text, visible), (FULL_WIDTH, visible, narrow), (SPACES, narrow, tidy))
    return Standardised(tidy, tuple(kind.on(field, text, tidy) for kind, before, after in steps if before != after))
