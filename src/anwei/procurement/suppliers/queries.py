"""What suppliers offer, and what stands against ordering from them."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet

from anwei.core.actor import Actor
from anwei.core.errors import NotFound
from anwei.inventory.parts.models import Part
from anwei.procurement.suppliers.models import Licence, PriceAgreement, Supplier
from anwei.procurement.suppliers.rules import LICENCE, RECORD, Held, Obstacle, obstacles

LICENCES = (LICENCE, RECORD)  # one of them must be on file


@dataclass(frozen=True, slots=True)
class Offer:
    """A price agreed with a supplier, and what stands against using it today."""

    agreement: PriceAgreement
    obstacles: list[Obstacle] = field(default_factory=list)

    @property
    def supplier(self) -> Supplier:
        return self.agreement.supplier


def supplier_of(actor: Actor, id: UUID) -> Supplier:
    """Return an admitted supplier.

    :raises NotFound: there is none that this actor may see
    """
    found = Supplier.objects.visible_to(actor).select_related("organisation").filter(pk=id).first()
    if found is None:
        raise NotFound(kind="supplier")
    return found


def papers_of(suppliers: Collection[UUID]) -> dict[UUID, list[Held]]:
    """Return the papers on file that were not withdrawn, by supplier."""
    held: dict[UUID, list[Held]] = {id: [] for id in suppliers}
    for row in Licence.objects.filter(supplier__in=suppliers, withdrawn_on=None):
        held[row.supplier_id].append(Held(row.kind, row.number, row.valid_until, row.groups, row.categories))
    return held


def obstacles_to(supplier: Supplier, part: Part, on: date) -> list[Obstacle]:
    """Return what stands against ordering a part from a supplier on a day (C19)."""
    return obstacles(papers_of([supplier.pk])[supplier.pk], group=part.group, categories=part.categories, on=on)


def offers(parts: Collection[UUID], on: date) -> dict[UUID, list[Offer]]:
    """Return what is offered for each part on a day: first what may be ordered, the cheaper and sooner one before the other."""
    valid = Q(valid_until=None) | Q(valid_until__gte=on)
    rows = list(PriceAgreement.objects.filter(valid, part__in=parts, valid_from__lte=on).select_related("supplier__organisation", "part"))
    held = papers_of({row.supplier_id for row in rows})
    found: dict[UUID, list[Offer]] = {part: [] for part in parts}
    for row in rows:
        against = obstacles(held[row.supplier_id], group=row.part.group, categories=row.part.categories, on=on)
        found[row.part_id].append(Offer(row, against))
    for of_part in found.values():
        of_part.sort(key=lambda o: (bool(o.obstacles), o.agreement.price, o.agreement.lead_days, str(o.agreement.pk)))
    return found


def with_licence(rows: "QuerySet[Supplier]") -> "QuerySet[Supplier]":
    """Give each supplier how many licences are on `filed`, whether one is `endless`, `licensed_until`, and its number of `prices`."""
    mine = Q(licences__kind__in=LICENCES, licences__withdrawn_on=None)
    endless = Licence.objects.filter(kind__in=LICENCES, withdrawn_on=None, valid_until=None)
    return rows.annotate(
        filed=Count("licences", filter=mine, distinct=True),
        endless=Q(pk__in=endless.values("supplier")),
        licensed_until=Max("licences__valid_until", filter=mine),
        prices=Count("agreements__part", distinct=True),
    )
