"""``{% load anwei %}``: icons, states, clocks, times, amounts, fields, actions."""

import uuid
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localdate

from anwei.core import markup, toasts, wording
from anwei.core.shell import ClockView, PillView

register = template.Library()


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """Draw an icon: ``{% icon "bell" %}``, ``{% icon "right" "s" %}``."""
    return markup.icon(name, size)


@register.simple_tag
def pill(view: PillView | None) -> SafeString:
    """Draw a state: ``{% pill order.pill %}``."""
    return markup.pill(view or None)  # a missing variable is an empty text


@register.simple_tag
def clock(view: ClockView | None) -> SafeString:
    """Draw a clock: ``{% clock view %}``."""
    return markup.clock(view or None)


@register.simple_tag
def when(moment: datetime | date | None) -> str:
    """Write a moment: ``{% when order.opened %}``."""
    return wording.when(moment or None)


@register.simple_tag
def near(moment: datetime) -> str:
    """Write a moment as short as it stays clear today: ``{% near visit.from_at %}``."""
    return wording.when_near(moment, localdate())


@register.simple_tag
def left(minutes: int | str | None) -> str:
    """Write the time left: ``{% left 130 %}``."""
    return wording.left(minutes if isinstance(minutes, int) else None)


@register.filter
def money(value: object, currency: str = "") -> str:
    """Write an amount: ``{{ line.net|money }}``, ``{{ line.net|money:"CNY" }}``."""
    return wording.money(value, currency)


@register.filter
def thousands(value: int) -> str:
    """Write a whole number with its thousands apart: ``{{ seal.size|thousands }}``."""
    return wording.number(value)


@register.filter
def day(moment: datetime) -> str:
    """Write the day of a moment."""
    return wording.when(moment or None)[:10]


@register.filter
def hour(moment: datetime) -> str:
    """Write the hour and minute of a moment."""
    return wording.when(moment or None)[11:]


@register.filter
def undo_url(message: object) -> str:
    """Give the address that undoes what a message tells, else nothing."""
    return toasts.undo_of(message)


@register.simple_tag
def request_id() -> SafeString:
    """Write the hidden field by which a deed is told from its repetition; fresh with every form."""
    return format_html('<input type="hidden" name="request_id" value="{}">', uuid.uuid4())


@register.inclusion_tag("anwei/_field.html")
def field(bound: BoundField, unit: str = "", mono: bool = False) -> dict[str, Any]:
    """Lay out one form field with label, help and error: ``{% field form.quantity unit="mL" %}``."""
    widget = bound.field.widget
    kind = "plain"
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        kind = "choices"
    elif isinstance(widget, CheckboxInput):
        kind = "check"
    elif isinstance(widget, FileInput):
        kind = "file"
    names = [widget.attrs.get("class", ""), "check" if kind == "check" else "in", "mono" if mono else ""]
    control = "" if kind == "choices" else bound.as_widget(attrs={"class": " ".join(name for name in names if name)})
    return {"field": bound, "kind": kind, "control": control, "unit": unit}
