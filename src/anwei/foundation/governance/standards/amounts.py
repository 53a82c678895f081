"""Yes and no, and amounts of money, as people write them."""

import re
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from anwei.foundation.governance.findings import FindingKind, Severity, Standardised
from anwei.foundation.governance.standards.texts import tidy_text

NOT_YES_NO = FindingKind("yes_no.unreadable", Severity.REJECT, _("“%(original)s” is neither yes nor no."))
REWRITTEN = FindingKind("money.rewritten", Severity.REPAIR, _("Amount “%(original)s” was written as %(value)s."))
AMBIGUOUS = FindingKind("money.ambiguous", Severity.REJECT, _("“%(original)s” can be read as two different amounts; write it as 1234.50."))
UNREADABLE = FindingKind("money.unreadable", Severity.REJECT, _("“%(original)s” is no amount of money; write it as 1234.50."))
TOO_FINE = FindingKind("money.too_fine", Severity.WARN, _("Amount “%(original)s” has more than two decimals."))

_YES = frozenset({"是", "有", "对", "已", "√", "✓", "✔", "☑", "y", "yes", "true", "t", "1", "真"})
_NO = frozenset({"否", "无", "没有", "不", "不是", "未", "×", "✗", "✘", "☐", "n", "no", "false", "f", "0", "假"})


def yes_no(written: str | bool | float, field: str = "") -> Standardised[bool | None]:
    """Give the answer, or None where the text is empty or means neither."""
    if isinstance(written, bool):
        return Standardised(written)
    text, tidied = tidy_text(f"{written:g}" if isinstance(written, int | float) else written, field)
    if not text:
        return Standardised(None, tidied)
    if (word := text.casefold()) in _YES | _NO:
        return Standardised(word in _YES, tidied)
    return Standardised(None, (*tidied, NOT_YES_NO.on(field, text)))


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount, and its currency (ISO 4217) where one was written."""

    value: Decimal
    currency: str = ""

    def __str__(self) -> str:
        return f"{self.currency} {self.value:f}".strip()


_CURRENCY_WORDS = {"CNY": ("¥", "￥", "rmb", "cny", "人民币", "元", "圆"), "USD": ("us$", "$", "usd", "美元"), "EUR": ("€", "eur", "欧元")}
_CURRENCIES = {word: code for code, words in _CURRENCY_WORDS.items() for word in words}
_SIGNS = re.compile("|".join(re.escape(sign) for sign in sorted(_CURRENCIES, key=len, reverse=True)), re.IGNORECASE)
_SCALES = {"万": Decimal(10_000), "千": Decimal(1000), "亿": Decimal(100_000_000)}
_PLAIN = re.compile(r"[-+]?\d{1,15}(?:\.\d{1,8})?")
_GROUPED = re.compile(r"[-+]?\d{1,3}(?:[,，' ]\d{3})+(?:\.\d{1,8})?")
_OTHER_WAY = re.compile(r"[-+]?\d{1,3}(?:\.\d{3})*,\d{1,2}|[-+]?\d{1,3}(?:\.\d{3}){2,}")


def money(written: str | int | float | Decimal, field: str = "amount") -> Standardised[Amount | None]:
    """Give the amount, exact, or None where the text is empty or holds none.

    :param written: ``1234.50``, ``¥1,234.50``, ``12,345元整``, ``1.2万``, ``(1,234.00)`` = negative, ``USD 300``, or a number
    """
    if not isinstance(written, str):
        return _checked(repr(written) if isinstance(written, float) else str(written), str(written), "", Decimal(1), field)
    text, tidied = tidy_text(written, field)
    if not text:
        return Standardised(None, tidied)
    signs = _SIGNS.findall(text)
    bare = re.sub(r"[整正]$", "", _SIGNS.sub("", text).strip()).strip()
    scale = _SCALES.get(bare[-1:], Decimal(1))
    bare = bare[:-1].strip() if scale != 1 else bare
    if found := re.fullmatch(r"[(（](.+)[)）]", bare):
        bare = f"-{found[1].strip()}"
    currencies = {_CURRENCIES[sign.lower()] for sign in signs}
    if _OTHER_WAY.fullmatch(bare) or len(currencies) > 1:
        return Standardised(None, (*tidied, AMBIGUOUS.on(field, text)))
    result = _checked(bare, text, next(iter(currencies), ""), scale, field)
    return Standardised(result.value, (*tidied, *result.findings))


def _checked(digits: str, original: str, currency: str, scale: Decimal, field: str) -> Standardised[Amount | None]:
    """Make the amount of digits that must be plain or grouped by three."""
    if not (_PLAIN.fullmatch(digits) or _GROUPED.fullmatch(digits)):
        return Standardised(None, (UNREADABLE.on(field, original),))
    value = Decimal(re.sub(r"[,，' ]", "", digits)) * scale
    amount = Amount(value.quantize(Decimal(1)) if value == value.to_integral_value() and scale != 1 else value, currency)
    findings = [REWRITTEN.on(field, original, amount)] if str(amount.value) != original else []
    if value != round(value, 2):
        findings.append(TOO_FINE.on(field, original))
    return Standardised(amount, tuple(findings))
