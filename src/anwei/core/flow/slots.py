"""Typed places for values: the facts a flow asks for and the fields a step fills in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from anwei.core.bodies import Part
from anwei.core.labels import Label

Value = bool | int | Decimal | str | datetime


class Kind(StrEnum):
    """Name what a slot may hold."""

    YES_NO = "yes_no"
    NUMBER = "number"
    CHOICE = "choice"
    TEXT = "text"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class Slot:
    """Declare one fact or field: its name, how people call it, what it may hold."""

    name: str
    label: Label
    kind: Kind
    choices: Mapping[str, Label]

    @classmethod
    def read(cls, name: str, part: Part) -> "Slot":
        """Read ``{type, zh, en, choices: [{key, zh, en}]}``; choices belong to the type ``choice`` alone."""
        part.only("type", "zh", "en", "choices")
        kind = part.text("type")
        if kind not in list(Kind):
            raise part.refuse("type", _("unknown type %(found)s; known are %(known)s"), found=kind, known=", ".join(Kind))
        choices = {choice.name("key"): choice.only("key", "zh", "en").label() for choice in part.parts("choices")}
        if bool(choices) != (kind == Kind.CHOICE):
            raise part.refuse("choices", _("are needed for the type choice and for no other"))
        return cls(name, part.label(), Kind(kind), choices)

    def takes(self, value: object) -> bool:
        """Tell whether `value` fits; floats never do, nor blank texts, nor naive times."""
        match self.kind:
            case Kind.YES_NO:
                return isinstance(value, bool)
            case Kind.NUMBER:
                return is_number(value)
            case Kind.CHOICE:
                return isinstance(value, str) and value in self.choices
            case Kind.TEXT:
                return isinstance(value, str) and bool(value.strip())
            case Kind.MOMENT:
                return isinstance(value, datetime) and value.tzinfo is not None


def is_number(value: object) -> bool:
    """Tell whether `value` is a finite exact number (a yes or no is none)."""
    return (isinstance(value, int) and not isinstance(value, bool)) or (isinstance(value, Decimal) and value.is_finite())
