"""What a follower of the trail could not follow yet."""

from collections.abc import Sequence
from dataclasses import dataclass

from anwei.core.actor import Actor
from anwei.core.registers import Story, registers
from anwei.foundation.audit.models import Deed, Owed

SHOWN = 100


@dataclass(frozen=True, slots=True)
class OwedDeed:
    """A deed, who could not follow it, and what was done in it."""

    owed: Owed
    verb: str
    stories: Sequence[Story]


def owed_deeds(actor: Actor) -> list[OwedDeed]:
    """Return what was set aside, then what is tried again by itself, the oldest first, at most 100."""
    rows = list(Owed.objects.visible_to(actor).filter(tries__gt=0).order_by("-is_set_aside", "received")[:SHOWN])
    deeds = Deed.objects.in_bulk([owed.deed for owed in rows])
    return [OwedDeed(owed, deeds[owed.deed].verb, _stories(deeds[owed.deed])) for owed in rows]


def _stories(deed: Deed) -> list[Story]:
    return [registers.stories[word] for word in dict.fromkeys(deed.words) if word in registers.stories]
