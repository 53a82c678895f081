"""What the page templates expect: one small class per thing a page shows.

Every class is plain data, made by a view or by the context processor; the templates in ``templates/anwei`` only lay it out.
``Shell`` names the context variables of ``base.html`` and ``office.html``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Literal

from django.utils.functional import Promise

Text = str | Promise
Colour = Literal["red", "amber", "green", "blue", "grey"]


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One place in the side menu; ``hot`` paints the count red."""

    label: Text
    url: str
    icon: str
    count: int | None = None
    current: bool = False
    hot: bool = False


@dataclass(frozen=True, slots=True)
class MenuGroup:
    """A heading of the side menu with its places."""

    label: Text
    items: Sequence[MenuItem]


@dataclass(frozen=True, slots=True)
class Person:
    """Who is signed in, as shown at the top right; the face is the first letter of the name."""

    name: str
    role: Text


@dataclass(frozen=True, slots=True)
class DemoRole:
    """One click in the demo: a POST to ``url`` signs in as this person."""

    label: Text
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Shell:
    """The context variables which the office page reads; empty ones are not shown.

    ``palette_url`` answers ``?q=…`` with the fragment described in ``_palette.html``.
    """

    menu: Sequence[MenuGroup] = ()
    actor: Person | None = None
    home_url: str = "/"
    palette_url: str = ""
    inbox_url: str = ""
    inbox_count: int = 0
    help_url: str = ""
    sign_out_url: str = ""
    demo_note: Text = ""
    demo_roles: Sequence[DemoRole] = ()

    def as_context(self) -> dict[str, Any]:
        """Give the variables by name, as a context processor returns them."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the path above the page's name; the last one has no address."""

    label: Text
    url: str = ""
    mono: bool = False


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab, or a place in the bar at the bottom of a phone (then with an icon)."""

    label: Text
    url: str
    count: int | str | None = None
    current: bool = False
    hot: bool = False
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """A button in a page's head: a link, or with ``post`` a form of one button.

    One action a page is ``primary``. ``confirm`` is the question asked first; ``fields`` go along hidden; ``key`` is a shortcut
    shown beside the label.
    """

    label: Text
    url: str
    icon: str = ""
    primary: bool = False
    post: bool = False
    danger: bool = False
    confirm: Text = ""
    key: str = ""
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PillView:
    """A state: icon, word and colour together. Calm states are hollow, those that need someone are filled."""

    label: Text
    colour: Colour
    icon: str
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class ClockView:
    """Time left in words with the used share behind it.

    ``word`` is bold ("2 h 10 min left"), ``title`` small beside it ("Fix, paused"), ``note`` below it where there is room ("Target 8 h …").
    """

    word: Text
    used_percent: int
    colour: Colour
    paused: bool = False
    met: bool = False
    title: Text = ""
    note: Text = ""

    @property
    def icon(self) -> str:
        """Name the mark that says the same as the colour."""
        if self.met:
            return "done"
        if self.paused:
            return "paused"
        return "stop" if self.colour == "red" else "clock"


@dataclass(frozen=True, slots=True)
class StripCell:
    """One of the four answers in a detail's header: what, how bad, whose turn, until when."""

    label: Text
    value: Text
    note: Text = ""
    mood: Literal["", "turn", "bad"] = ""
    icon: str = ""
    colour: Colour | Literal[""] = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled value; an empty one is left out."""

    label: Text
    value: Text
    url: str = ""
    note: Text = ""
    mono: bool = False


@dataclass(frozen=True, slots=True)
class Photo:
    """A small picture that opens the whole one."""

    thumb_url: str
    url: str
    alt: Text


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """What happened, when, by whom, through which door, with its proofs.

    ``note`` is quoted as the person wrote it; ``detail`` are short facts in one line; ``received_at`` is shown when it differs from ``at``.
    """

    at: datetime
    icon: str
    title: Text
    colour: Colour | Literal[""] = ""
    who: Text = ""
    note: Text = ""
    detail: tuple[Text, ...] = ()
    door: Text = ""
    received_at: datetime | None = None
    photos: tuple[Photo, ...] = ()
    proof_url: str = ""

    @property
    def late(self) -> bool:
        """Tell whether the server heard of it more than a minute later; what came after days is history, not kept on a phone."""
        return self.received_at is not None and 60 < (self.received_at - self.at).total_seconds() < 72 * 3600


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a wizard."""

    label: Text
    done: bool = False
    current: bool = False
    url: str = ""
