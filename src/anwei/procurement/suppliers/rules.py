"""Whether a supplier's papers allow to order a part from them.

The legality of supplier and goods is checked before a purchase: 《医疗器械经营质量管理规范》 (good supply practice).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

LICENCE, RECORD, AUTHORISATION, REGISTRATION, QUALITY = "licence", "record", "authorisation", "registration", "quality"
# each of these must be on file, valid and covering the part; one of several kinds is enough where a line names several
REQUIRED: tuple[tuple[str, ...], ...] = ((LICENCE, RECORD),)
# these need not be on file, but once they are, an expired one blocks
WATCHED = (AUTHORISATION, REGISTRATION, QUALITY)


@dataclass(frozen=True, slots=True)
class Held:
    """What a supplier's paper says: until when it holds (none: without end) and for which parts (nothing named: for all)."""

    kind: str
    number: str
    valid_until: date | None = None
    groups: Sequence[str] = ()
    categories: Sequence[str] = ()

    def covers(self, group: str, categories: Sequence[str]) -> bool:
        """Say whether a part of this group, for devices of these categories, is in its scope; "*" fits every category."""
        in_group = not self.groups or group in self.groups
        return in_group and (not self.categories or bool({"*", *self.categories} & set(categories)))

    def valid(self, on: date) -> bool:
        """Say whether it holds on a day, its last one included."""
        return self.valid_until is None or self.valid_until >= on


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why nothing may be ordered: a paper of this kind is `missing`, does not cover the part (`scope`), or has `expired`."""

    kind: str
    reason: str
    number: str = ""
    until: date | None = None


def obstacles(held: Sequence[Held], *, group: str, categories: Sequence[str], on: date) -> list[Obstacle]:
    """Return what stands against ordering a part from the holder of these papers on a day; nothing means it may be ordered."""
    found = [_required(kinds, held, group, categories, on) for kinds in REQUIRED]
    found += [_watched(kind, held, group, categories, on) for kind in WATCHED]
    return [obstacle for obstacle in found if obstacle]


def _required(kinds: Sequence[str], held: Sequence[Held], group: str, categories: Sequence[str], on: date) -> Obstacle | None:
    of_kind = [h for h in held if h.kind in kinds]
    if not of_kind:
        return Obstacle(kinds[0], "missing")
    covering = [h for h in of_kind if h.covers(group, categories)]
    if not covering:
        return Obstacle(of_kind[0].kind, "scope", of_kind[0].number)
    return _expired(covering, on)


def _watched(kind: str, held: Sequence[Held], group: str, categories: Sequence[str], on: date) -> Obstacle | None:
    return _expired([h for h in held if h.kind == kind and h.covers(group, categories)], on)


def _expired(covering: Sequence[Held], on: date) -> Obstacle | None:
    if not covering or any(h.valid(on) for h in covering):
        return None
    last = max(covering, key=lambda h: h.valid_until or date.max)
    return Obstacle(last.kind, "expired", last.number, last.valid_until)
