"""Short words after a deed, shown at the lower right for ten seconds, with a way back where there is one."""

import json

from django.contrib import messages
from django.http import HttpRequest

from anwei.core.shell import Text

UNDO = "undo:"


def toast(request: HttpRequest, text: Text, *, undo: str = "", level: int = messages.SUCCESS) -> None:
    """Say something on the next page; ``undo`` is the address to which the button posts."""
    messages.add_message(request, level, str(text), extra_tags=f"{UNDO}{undo}" if undo else "")


def undo_of(message: object) -> str:
    """Give the address a message carries for undoing, else nothing."""
    tags = str(getattr(message, "extra_tags", "") or "")
    return tags.removeprefix(UNDO) if tags.startswith(UNDO) else ""


def toast_header(text: Text, *, undo: str = "", bad: bool = False) -> dict[str, str]:
    """Give the header that lets an htmx answer say something at once."""
    return {"HX-Trigger": json.dumps({"toast": {"text": str(text), "undo": undo, "bad": bad}})}
