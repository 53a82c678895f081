"""Times and amounts in the reader's words. Formatted here and not in templates: a list page does it hundreds of times."""

from datetime import date, datetime
from decimal import Decimal

from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _


def when(moment: datetime | date | None) -> str:
    """Write a moment as ``2026-11-24 14:30`` in the current time zone, a plain day as ``2026-11-24``, nothing as empty."""
    if moment is None:
        return ""
    if not isinstance(moment, datetime):
        return moment.isoformat()
    local = localtime(moment) if is_aware(moment) else moment
    return f"{local.date().isoformat()} {local.hour:02d}:{local.minute:02d}"


def when_near(moment: datetime | None, today: date) -> str:
    """Write a moment as short as it stays clear: ``14:30`` today, ``11-20 09:00`` this year, else in full."""
    full = when(moment)
    if full[:10] == today.isoformat():
        return full[11:]
    return full[5:] if full[:4] == str(today.year) else full


def span(minutes: int) -> str:
    """Write a length of time in its two largest units."""
    days, rest = divmod(abs(minutes), 24 * 60)
    hours, rest = divmod(rest, 60)
    if days and hours:
        return _("%(days)d d %(hours)d h") % {"days": days, "hours": hours}
    if days:
        return _("%(days)d d") % {"days": days}
    if hours and rest:
        return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": rest}
    if hours:
        return _("%(hours)d h") % {"hours": hours}
    return _("%(minutes)d min") % {"minutes": rest}


def hours(minutes: int) -> str:
    """Write a length of working time in hours and minutes: a working day is no day of 24 hours."""
    whole, rest = divmod(minutes, 60)
    if whole and rest:
        return _("%(hours)d h %(minutes)d min") % {"hours": whole, "minutes": rest}
    return _("%(hours)d h") % {"hours": whole} if whole else _("%(minutes)d min") % {"minutes": rest}


def left(minutes: int | None) -> str:
    """Write the time left, or by how much it was missed when negative."""
    if minutes is None:
        return ""
    if minutes < 0:
        return _("%(span)s over") % {"span": span(minutes)}
    return _("%(span)s left") % {"span": span(minutes)}


def number(value: Decimal | int | None, places: int | None = None) -> str:
    """Write a number with its thousands apart; ``places`` decimals, else as many as it has."""
    if value is None:
        return ""
    return f"{value:,}" if places is None else f"{value:,.{places}f}"


def money(value: object, currency: str = "") -> str:
    """Write an amount as ``1,860.00``, with its currency where it carries one (``amount``, ``currency``) or one is given."""
    amount = getattr(value, "amount", value)
    if amount is None or amount == "":
        return ""
    if not isinstance(amount, Decimal | int):
        raise TypeError(f"money is a Decimal, not {type(amount).__name__}")
    written = f"{amount:,.2f}"
    unit = str(getattr(value, "currency", currency) or "")
    if unit == "CNY":
        return _("CNY %(amount)s") % {"amount": written}
    return f"{unit} {written}" if unit else written
