"""Numbers, dates and spans as they stand on paper."""

from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils.translation import gettext, ngettext

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")
WHOLE_CURRENCIES = {"JPY", "KRW", "VND"}


def amount(value: Decimal, currency: str) -> str:
    """Write an amount with its currency's decimals and thousands separators.

    :raises ValueError: the amount is finer than the currency, so that rounding would change it
    """
    step = Decimal(1) if currency in WHOLE_CURRENCIES else Decimal("0.01")
    exact = value.quantize(step)
    if exact != value:
        raise ValueError(f"{value} is no amount in {currency}.")
    return f"{exact:,}"


def price(value: Decimal, currency: str) -> str:
    """Write a unit price with at least its currency's decimals: 0.125 stays 0.125."""
    return amount(value, currency) if value == round(value, 2) else f"{value.normalize():,f}"


def plain(value: Decimal) -> str:
    """Write a number with the digits it came with, never with an exponent: a reading of 5.0 stays 5.0."""
    return f"{value:f}"


def quantity(value: Decimal) -> str:
    """Write a number without zeros behind the point: 2.00 pieces are 2."""
    return f"{value.normalize():f}"


def moment(at: datetime, zone: str) -> str:
    """Write a time as 2026-11-24 14:30 in a zone.

    :raises ValueError: the time names no zone of its own
    """
    if at.tzinfo is None:
        raise ValueError("A time on paper needs a zone.")
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def span(length: timedelta) -> str:
    """Write how long something took, to the minute, in the active language."""
    hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
    if not hours:
        return gettext("%(minutes)s min") % {"minutes": minutes}
    if hours < 48:
        return gettext("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": minutes}
    days, rest = divmod(hours, 24)
    return ngettext("%(days)s day %(hours)s h", "%(days)s days %(hours)s h", days) % {"days": days, "hours": rest}


def limits(low: Decimal | None, high: Decimal | None) -> str:
    """Write what a reading must lie within."""
    if low is not None and high is not None:
        return f"{plain(low)}–{plain(high)}"
    if high is not None:
        return f"≤ {plain(high)}"
    return f"≥ {plain(low)}" if low is not None else ""


def capital(value: Decimal) -> str:
    """Write yuan in the capital figures of Chinese accounts: 180.00 is 壹佰捌拾元整.

    Source: 支付结算办法 (中国人民银行, 1997), annex 1, 5-8.

    :raises ValueError: finer than a fen, or 10¹⁶ yuan and more
    """
    fen = value * 100
    if fen != fen.to_integral_value() or abs(value) >= Decimal(10) ** 16:
        raise ValueError(f"{value} yuan cannot be written in capital figures.")
    yuan, rest = divmod(int(abs(fen)), 100)
    jiao, odd = divmod(rest, 10)
    text = _yuan(yuan) + "元" if yuan else ""
    if not rest:
        text = (text or "零元") + "整"
    else:
        text += (DIGITS[jiao] + "角" if jiao else "零" if yuan else "") + (DIGITS[odd] + "分" if odd else "整")
    return ("负" if value < 0 else "") + text


def _yuan(number: int) -> str:
    text, gap = "", False
    for index in range(len(GROUPS) - 1, -1, -1):
        group = number // 10 ** (4 * index) % 10_000
        if not group:
            gap = bool(text)
            continue
        text += ("零" if text and (gap or group < 1_000) else "") + _group(group) + GROUPS[index]
        gap = group % 10 == 0
    return text


def _group(number: int) -> str:
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            text += ("零" if gap else "") + DIGITS[digit] + PLACES[place]
        gap = not digit and bool(text)
    return text
