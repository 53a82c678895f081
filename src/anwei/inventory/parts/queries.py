"""Which part a label names, which parts fit a device, what may stand for a part, and its unit in words."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from anwei.core.actor import Actor
from anwei.core.identifiers import UdiRefusal, parse_udi
from anwei.core.search import holding
from anwei.core.shell import Text
from anwei.inventory.parts.errors import PartNotOnList
from anwei.inventory.parts.models import Part, Substitute

UNITS: dict[str, Text] = {"pcs": _("pcs")}


@dataclass(frozen=True, slots=True)
class Label:
    """What the label of a piece says: its part, and lot, serial number and last day of use where they stand there."""

    part: Part
    lot: str = ""
    serial: str = ""
    expires_on: date | None = None


def read_label(actor: Actor, text: str) -> Label:
    """Read what a scanner delivered, or what was typed: a GS1, HIBC or MA code, or the number of a part.

    :raises PartNotOnList: no part has this code or number
    :raises UdiRefusal: a label was scanned that cannot be read without guessing
    """
    typed = text.strip()
    rows = Part.objects.visible_to(actor)
    if part := rows.filter(number__iexact=typed).first():
        return Label(part)
    try:
        udi = parse_udi(text)
    except UdiRefusal as refusal:
        if len(typed) < 14:
            raise PartNotOnList(text=typed) from refusal
        raise
    part = rows.filter(udi_di=udi.di).first()
    if part is None:
        raise PartNotOnList(text=udi.di)
    return Label(part, udi.lot or "", udi.serial or "", udi.expires_on)


def parts_for(actor: Actor, category: str, words: str = "") -> list[Part]:
    """Return the parts of a category of devices, by number, narrowed by what was typed: number, name, initials."""
    fits = Q(categories__contains=[category]) | Q(categories__contains=["*"]) | Q(categories=[])
    rows = Part.objects.visible_to(actor).filter(fits).select_related("superseded_by")
    return list((rows.filter(holding(words)) if words else rows).order_by("number"))


def substitutes_of(part: Part) -> list[Part]:
    """Return what may be fitted instead of a part: the part that supersedes it first, then its substitutes by number."""
    given = Substitute.objects.filter(part=part).values_list("other", flat=True)
    mutual = Substitute.objects.filter(other=part, both_ways=True).values_list("part", flat=True)
    others = Part.objects.filter(Q(pk__in=given) | Q(pk__in=mutual)).order_by("number")
    newer = [part.superseded_by] if part.superseded_by else []
    return [*newer, *(other for other in others if other not in newer)]


@dataclass(frozen=True, slots=True)
class Alternative:
    """A part that may be fitted instead of another: because it is newer, or as somebody noted."""

    part: Part
    is_newer: bool
    note: str = ""


def alternatives_to(parts: Collection[Part]) -> dict[UUID, list[Alternative]]:
    """Return what may be fitted instead of each of these parts, the part that supersedes it first."""
    found: dict[UUID, list[Alternative]] = defaultdict(list)
    for newer in Part.objects.filter(supersedes__in=parts).distinct():
        for part in parts:
            if part.superseded_by_id == newer.pk:
                found[part.pk].append(Alternative(newer, is_newer=True))
    keys = {part.pk for part in parts}
    rows = Substitute.objects.filter(Q(part__in=keys) | Q(other__in=keys, both_ways=True)).select_related("part", "other")
    for row in rows.order_by("other__number"):
        if row.part_id in keys:
            found[row.part_id].append(Alternative(row.other, is_newer=False, note=row.note))
        if row.both_ways and row.other_id in keys:
            found[row.other_id].append(Alternative(row.part, is_newer=False, note=row.note))
    return found


def parts_found(actor: Actor, category: str, words: str, count: int) -> list[Part]:
    """Return the parts of a category of devices by number; with words those of the whole list that hold them, the category's first."""
    own = parts_for(actor, category, words)
    if words and len(own) < count:
        others = Part.objects.visible_to(actor).filter(holding(words)).exclude(pk__in=[part.pk for part in own])
        own += others.select_related("superseded_by").order_by("number")[: count - len(own)]
    return own[:count]


def unit_words(unit: str) -> str:
    """Return a unit of quantity in words; one that a company made up speaks for itself."""
    return str(UNITS.get(unit, unit))
