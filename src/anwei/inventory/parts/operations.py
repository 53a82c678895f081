from decimal import Decimal
from uuid import UUID

from anwei.core.actor import Actor
from anwei.core.identifiers import read_gtin
from anwei.core.operation import operation, record, unchanged
from anwei.inventory.parts.errors import PartExists, RunsInACircle, SamePart
from anwei.inventory.parts.models import Part, Substitute
from anwei.inventory.parts.permissions import KEEP_PARTS


@operation("parts.register", right=KEEP_PARTS)
def register(
    *, actor: Actor, number: str, name_zh: str, name_en: str, group: str = "", kind: str = "spare", tracking: str = "none",
    unit: str = "pcs", price: Decimal = Decimal(0), cost: Decimal = Decimal(0), core_return: bool = False,
    categories: list[str] | None = None, data_bearing: bool = False, expires: bool = False, hazards: list[str] | None = None,
    udi_di: str = "",
) -> Part:  # fmt: skip
    """Add a part to the parts list; `udi_di` is the GTIN on its label, of 8 to 14 digits.

    :raises PartExists: the number or the GTIN is taken
    :raises UdiUnreadable, CheckDigitWrong: the GTIN is none
    """
    if udi_di:
        udi_di = read_gtin(udi_di, udi_di)
    if Part.objects.filter(number=number).exists() or (udi_di and Part.objects.filter(udi_di=udi_di).exists()):
        raise PartExists(number=number)
    part = Part(
        number=number, name_zh=name_zh, name_en=name_en, group=group, kind=kind, tracking=tracking, unit=unit, price=price, cost=cost,
        core_return=core_return, categories=categories or [], data_bearing=data_bearing, expires=expires, hazards=hazards or [],
        udi_di=udi_di,
    )  # fmt: skip
    part.save(force_insert=True)
    record(part, "parts.registered")
    return part


@operation("parts.add_substitute", right=KEEP_PARTS, on="part")
def add_substitute(*, actor: Actor, part: Part, other: Part, both_ways: bool = False, note: str = "") -> Substitute:
    """Say that another part may be fitted instead of this one; it is offered, never taken silently.

    :raises SamePart: it is the same part
    """
    if part.pk == other.pk:
        raise SamePart(part=part.number)
    found = Substitute.objects.filter(part=part, other=other).first()
    if found and (found.both_ways, found.note) == (both_ways, note):
        unchanged(found)
        return found
    substitute = found or Substitute(part=part, other=other)
    substitute.both_ways, substitute.note = both_ways, note
    substitute.save()
    record(part, "parts.substitute_added")
    return substitute


@operation("parts.supersede", right=KEEP_PARTS, on="part")
def supersede(*, actor: Actor, part: Part, by: Part) -> Part:
    """Say that a part was replaced by a newer one: what is left is used, what is ordered is the newer.

    :raises RunsInACircle: the newer part is itself superseded by this one, over however many steps
    """
    after: UUID | None = by.pk
    while after is not None:
        if after == part.pk:
            raise RunsInACircle(part=part.number, other=by.number)
        after = Part.objects.values_list("superseded_by", flat=True).get(pk=after)
    if part.superseded_by_id == by.pk:
        unchanged(part)
        return part
    part.superseded_by = by
    part.save(update_fields=["superseded_by", "changed_at"])
    record(part, "parts.superseded")
    return part
