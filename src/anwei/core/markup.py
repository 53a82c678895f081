"""The small pieces of HTML that repeat in every row: plain functions, since a template per piece costs more than the whole row."""

from functools import cache
from html import escape  # what Django's own calls, without its wrapper for lazy texts

from django.templatetags.static import static
from django.utils.safestring import SafeString

from anwei.core.shell import ClockView, PillView


@cache
def icon(name: str, size: str = "") -> SafeString:
    """Draw an icon of the sprite; ``size`` is empty, ``s`` or ``l``. It is decoration: a word stands beside it or in an ``aria-label``."""
    kind = f"i {size}" if size else "i"
    return SafeString(f'<svg class="{kind}" aria-hidden="true"><use href="{static("anwei/icons.svg")}#i-{escape(name)}"/></svg>')


def shown(text: object) -> str:
    """Escape what people typed; pass on what is marked as HTML; show nothing for nothing."""
    if isinstance(text, SafeString):
        return text
    if text is None or text == "":
        return ""
    return escape(str(text))


def pill(view: PillView | None) -> SafeString:
    """Draw a state."""
    if view is None:
        return SafeString("")
    hollow = " hollow" if view.hollow else ""
    return SafeString(f'<span class="pill {view.colour}{hollow}">{icon(view.icon)}{shown(view.label)}</span>')


def clock(view: ClockView | None) -> SafeString:
    """Draw a clock: words on top, the used share behind."""
    if view is None:
        return SafeString("")
    kind = f"clock {view.colour} paused" if view.paused else f"clock {view.colour}"
    share = min(max(view.used_percent, 0), 100)
    bar = f'<progress value="{share}" max="100" aria-hidden="true"></progress>'
    beside = f"<small>{shown(view.title)}</small>" if view.title else ""
    return SafeString(f'<span class="{kind}">{bar}{icon(view.icon)}<b>{shown(view.word)}</b>{beside}</span>')
