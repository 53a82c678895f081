"""Making purchase orders: from shortages, grouped by supplier, or by hand; changing, approving, ending them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from anwei.core.actor import Actor
from anwei.core.labels import Listing
from anwei.core.operation import operation, record
from anwei.core.wording import money
from anwei.foundation.branches.models import Branch
from anwei.foundation.branches.operations import next_number
from anwei.foundation.governance.errors import NeedsSecondPerson
from anwei.inventory.demands.models import Demand
from anwei.inventory.demands.operations import back_to_short, put_on_order
from anwei.inventory.parts.models import Part
from anwei.inventory.stock.models import Place
from anwei.procurement.purchasing.errors import (
    BelowMinimum,
    LineUnfit,
    NoLines,
    NoStore,
    NoSupplier,
    NothingToOrder,
    NotInThisState,
    ReasonNeeded,
    SupplierBlocked,
)
from anwei.procurement.purchasing.models import LineDemand, OrderLine, PurchaseOrder
from anwei.procurement.purchasing.permissions import BUY
from anwei.procurement.purchasing.queries import rules_now, rules_of
from anwei.procurement.purchasing.rules import amounts
from anwei.procurement.purchasing.shown import state_words
from anwei.procurement.suppliers.models import Supplier
from anwei.procurement.suppliers.queries import Offer, obstacles_to, offers
from anwei.procurement.suppliers.shown import obstacle_words

State = PurchaseOrder.State


@dataclass(frozen=True, slots=True)
class Wanted:
    """A line of an order made by hand; without a price the agreed one holds."""

    part: Part
    quantity: Decimal
    unit_price: Decimal | None = None
    tax_rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class _Draft:
    """A line before it is written, with the demands it serves and the days it takes."""

    part: Part
    quantity: Decimal
    unit_price: Decimal
    tax_rate: Decimal
    lead_days: int | None = None
    demands: Sequence[Demand] = ()


def refuse_unless(order: PurchaseOrder, *states: str) -> None:
    """Refuse what is not possible in the present state of an order.

    :raises NotInThisState: it is in another state
    """
    if order.state not in states:
        raise NotInThisState(number=order.number, state=state_words(order))


def refuse_blocked(supplier: Supplier, parts: Iterable[Part], on: date) -> None:
    """Refuse to order what a supplier's papers do not allow (C19).

    :raises SupplierBlocked: a licence or authorisation is missing, expired or does not cover a part
    """
    for part in parts:
        if against := obstacles_to(supplier, part, on):
            reason = Listing(obstacle_words(o) for o in against)
            raise SupplierBlocked(supplier=supplier.organisation.name, reason=reason, part=part.number)


@operation("purchasing.order_demands", right=BUY)
def order_demands(*, actor: Actor, demands: list[Demand], at: datetime, supplier: Supplier | None = None) -> list[PurchaseOrder]:
    """Make purchase orders for what is short, one for each supplier and branch: the best offer that may be used, or the supplier named.

    What cannot be ordered from anybody stays short. An order above the limit waits for a second person.

    :raises NothingToOrder: nothing of it is short any more
    :raises NoSupplier: nothing of it can be ordered, with the reason for each part
    :raises SupplierBlocked: the supplier named may not be ordered from
    :raises NoStore: a branch has no store
    """
    rows = Demand.objects.visible_to(actor).filter(pk__in=[d.pk for d in demands], state=Demand.State.SHORT)
    short = list(rows.order_by("pk").select_for_update(of=("self",), no_key=True).select_related("part", "branch", "place"))
    if not short:
        raise NothingToOrder
    today = timezone.localdate(at)
    if supplier:
        refuse_blocked(supplier, {d.part for d in short}, today)
    chosen, reasons = _choose(short, supplier, today)
    if not chosen:
        raise NoSupplier(reasons=Listing(reasons))
    made = []
    for (_branch, _supplier), drafts in sorted(chosen.items(), key=lambda item: str(item[0])):
        demand = drafts[0][1].demands[0]
        made.append(_write(actor, drafts[0][0].supplier, demand.branch, [draft for _offer, draft in drafts], at))
    put_on_order((d for drafts in chosen.values() for _offer, draft in drafts for d in draft.demands), at=at)
    return made


def _choose(
    short: Sequence[Demand], supplier: Supplier | None, today: date
) -> tuple[dict[tuple[UUID | None, UUID], list[tuple[Offer, _Draft]]], list[str]]:
    """Return the lines by branch and supplier, and for each part without an offer the reason."""
    offered = offers({d.part_id for d in short}, today)
    wanted: dict[tuple[UUID | None, UUID], list[Demand]] = defaultdict(list)
    for demand in short:
        wanted[demand.branch_id, demand.part_id].append(demand)
    chosen: dict[tuple[UUID | None, UUID], list[tuple[Offer, _Draft]]] = defaultdict(list)
    reasons: dict[str, None] = {}
    for (branch, part), of_part in wanted.items():
        usable = [o for o in offered[part] if not o.obstacles and (supplier is None or o.agreement.supplier_id == supplier.pk)]
        if not usable:
            reasons[why_not(of_part[0].part, offered[part])] = None
            continue
        agreed = usable[0].agreement
        quantity = max(sum((d.quantity for d in of_part), Decimal(0)), agreed.minimum)
        draft = _Draft(of_part[0].part, quantity, agreed.price, agreed.tax_rate, agreed.lead_days, of_part)
        chosen[branch, agreed.supplier_id].append((usable[0], draft))
    return chosen, list(reasons)


def why_not(part: Part, offered: Sequence[Offer]) -> str:
    """Return why a part can be ordered from nobody: what stands against each offer, or that there is none."""
    told = [f"{o.supplier}: {obstacle_words(against)}" for o in offered for against in o.obstacles]
    return f"{part.number} ({Listing(told)})" if told else part.number


def _write(actor: Actor, supplier: Supplier, branch: Branch | None, drafts: Sequence[_Draft], at: datetime) -> PurchaseOrder:
    """Write an order with its lines; the number is taken last."""
    store = Place.objects.filter(kind=Place.Kind.STORE, branch=branch).order_by("name", "pk").first() if branch else None
    if branch is None or store is None:
        raise NoStore(branch=branch.code if branch else "—")
    version = rules_now()
    order = PurchaseOrder(
        supplier=supplier, branch=branch, place=store, rules=version, tolerance=rules_of(version).over_delivery_percent, made_by_id=actor.id
    )
    days = [d.lead_days for d in drafts if d.lead_days is not None]
    order.expected_on = timezone.localdate(at) + timedelta(days=max(days)) if days else None
    lines = [
        OrderLine(
            order=order, part=d.part, quantity=d.quantity, unit_price=d.unit_price, tax_rate=d.tax_rate, needed_by=_soonest(d.demands)
        )
        for d in drafts
    ]
    order.needed_by = min((line.needed_by for line in lines if line.needed_by), default=None)
    reckon(order, lines)
    order.number = next_number(branch, "PO", at)
    order.save(force_insert=True)
    OrderLine.objects.bulk_create(lines)
    LineDemand.objects.bulk_create(
        [LineDemand(line=line, demand=demand) for line, d in zip(lines, drafts, strict=True) for demand in d.demands]
    )
    record(order, "purchasing.ordered", at=at)
    return order


def _soonest(demands: Sequence[Demand]) -> datetime | None:
    return min((d.needed_by for d in demands if d.needed_by), default=None)


def reckon(order: PurchaseOrder, lines: Sequence[OrderLine]) -> None:
    """Sum an order up and say whether a second person must approve it; a change takes an approval back."""
    sums = [amounts(line.quantity, line.unit_price, line.tax_rate) for line in lines]
    order.net, order.tax = sum((net for net, _tax in sums), Decimal(0)), sum((tax for _net, tax in sums), Decimal(0))
    order.state = State.DRAFT if order.net > rules_of(order.rules).limit else State.APPROVED
    order.approved_by = order.approved_at = None


@operation("purchasing.draft_order", right=BUY)
def draft_order(*, actor: Actor, supplier: Supplier, branch: Branch, lines: list[Wanted], at: datetime) -> PurchaseOrder:
    """Make a purchase order by hand, for the store of a branch.

    :raises NoLines: nothing is ordered
    :raises LineUnfit: a quantity or price is not above zero, no price is agreed and none was given, or a part stands twice
    :raises BelowMinimum: the supplier does not sell so few
    :raises SupplierBlocked: its papers do not allow it
    :raises NoStore: the branch has no store
    """
    if not lines:
        raise NoLines
    if len({w.part.pk for w in lines}) < len(lines):
        raise LineUnfit(field="lines")
    today = timezone.localdate(at)
    refuse_blocked(supplier, (w.part for w in lines), today)
    return _write(actor, supplier, branch, [_priced(w, supplier, today) for w in lines], at)


def _priced(wanted: Wanted, supplier: Supplier, today: date) -> _Draft:
    found = [o.agreement for o in offers([wanted.part.pk], today)[wanted.part.pk] if o.agreement.supplier_id == supplier.pk]
    agreed = found[0] if found else None
    price = wanted.unit_price if wanted.unit_price is not None else agreed.price if agreed else Decimal(0)
    rate = wanted.tax_rate if wanted.tax_rate is not None else agreed.tax_rate if agreed else Decimal(0)
    if wanted.quantity <= 0 or price <= 0 or not 0 <= rate < 1:
        raise LineUnfit(field="lines")
    if agreed and wanted.quantity < agreed.minimum:
        raise BelowMinimum(supplier=supplier.organisation.name, part=wanted.part.number, minimum=agreed.minimum.normalize())
    return _Draft(wanted.part, wanted.quantity, price, rate, agreed.lead_days if agreed else None)


@operation("purchasing.change_line", right=BUY, on="order")
def change_line(
    *, actor: Actor, order: PurchaseOrder, line: OrderLine, quantity: Decimal, unit_price: Decimal, at: datetime
) -> PurchaseOrder:
    """Change quantity and price of a line before the order is sent; an approval is then asked anew.

    :raises NotInThisState: it was sent already
    :raises LineUnfit: quantity or price is not above zero, or the line is another order's
    """
    refuse_unless(order, *PurchaseOrder.UNSENT)
    if quantity <= 0 or unit_price <= 0 or line.order_id != order.pk:
        raise LineUnfit(field="quantity")
    OrderLine.objects.filter(pk=line.pk).update(quantity=quantity, unit_price=unit_price, changed_at=timezone.now())
    reckon(order, list(order.lines.all()))
    order.save()
    record(order, "purchasing.changed", at=at)
    return order


@operation("purchasing.approve", right=BUY, on="order")
def approve(*, actor: Actor, order: PurchaseOrder, at: datetime) -> PurchaseOrder:
    """Approve an order above the limit: proposed by the buyer, decided by another person.

    :raises NeedsSecondPerson: it comes from no approved proposal
    :raises NotInThisState: it waits for no approval
    """
    if actor.approved_by is None or actor.approved_by == actor.id:
        raise NeedsSecondPerson
    refuse_unless(order, State.DRAFT)
    order.state, order.approved_by_id, order.approved_at = State.APPROVED, actor.approved_by, at
    order.save()
    record(order, "purchasing.approved", at=at)
    return order


@operation("purchasing.cancel", right=BUY, on="order")
def cancel(*, actor: Actor, order: PurchaseOrder, reason: str, at: datetime) -> PurchaseOrder:
    """Cancel an order of which nothing has come; its demands are short again.

    :raises ReasonNeeded: nobody said why
    :raises NotInThisState: something has come already, or it is over
    """
    return _end(order, State.CANCELLED, (*PurchaseOrder.UNSENT, State.SENT), reason, at)


@operation("purchasing.close", right=BUY, on="order")
def close(*, actor: Actor, order: PurchaseOrder, reason: str, at: datetime) -> PurchaseOrder:
    """Close an order of which the rest comes no more; demands that still wait are short again.

    :raises ReasonNeeded: nobody said why
    :raises NotInThisState: nothing has come (cancel it), or it is over
    """
    return _end(order, State.CLOSED, (State.PART_RECEIVED, State.RECEIVED), reason, at)


def _end(order: PurchaseOrder, state: State, allowed: Sequence[str], reason: str, at: datetime) -> PurchaseOrder:
    if not reason.strip():
        raise ReasonNeeded(field="reason")
    refuse_unless(order, *allowed)
    order.state, order.ended_because = state, reason.strip()
    order.save()
    back_to_short((s.demand for s in LineDemand.objects.filter(line__order=order).select_related("demand")), at=at)
    record(order, f"purchasing.{state.value}", at=at)
    return order


def limit_of(order: PurchaseOrder) -> str:
    """Return the limit of an order's rules as it is written."""
    return money(rules_of(order.rules).limit, order.currency)
