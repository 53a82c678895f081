"""What happens by itself when something becomes of a part that an order waits for."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_noop

from anwei.core.actor import Actor
from anwei.core.flow import Transition
from anwei.core.operation import record, running_deed
from anwei.core.registers import Followed
from anwei.foundation.accounts.queries import actor_for, holders_of
from anwei.foundation.notices.operations import tell
from anwei.workorders.orders.facts import Moment, facts_for
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.orders.operations import advance
from anwei.workorders.orders.queries import flow_of
from anwei.workorders.visits.models import PartRequest
from anwei.workorders.visits.queries import open_requests, parts_are_there
from anwei.workorders.visits.shown import requested_words

FOLLOWED = frozenset({"demands.short", "demands.ordered", "demands.served", "demands.issued", "demands.cancelled"})
SYSTEM, PROOF = "system", "part_request"
# kept as it is written and spoken in the reader's language
CAME = gettext_noop("The parts for %(number)s are there: %(parts)s")


@dataclass(frozen=True, slots=True)
class Woken:
    """An order that went on by itself, and by which step; none: it was only told."""

    order: WorkOrder
    step: Transition | None


def follow_parts(actor: Actor, deed: Followed) -> None:
    """Let the orders whose parts a deed touched show it, and wake those whose parts are all there."""
    demands = {id for word in FOLLOWED for id in deed.records(word)}
    orders = PartRequest.objects.filter(demand__in=demands).values_list("order", flat=True).distinct()
    for order in sorted(orders):
        wake(actor=actor, order=order, at=deed.received)


def wake(*, actor: Actor, order: UUID, at: datetime) -> Woken:
    """Wake an order within the running deed if it waits for parts and all of them are there; dispatcher and engineer are told.

    The flow says how: the first step that names the system as its role and whose conditions hold. An order that waits for something
    else, went on already or is over stays as it is.
    """
    running_deed()
    found = WorkOrder.objects.select_for_update(of=("self",), no_key=True).select_related("engineer__user").get(pk=order)
    step = _way_on(Moment(found, actor, at, {})) if waits_for_parts(found) and parts_are_there(found) else None
    if step:
        advance(actor=actor, order=found, verb=step.verb, at=at)
        _tell(found, at)
    else:
        record(found, "visits.parts_moved", at=at)
    return Woken(found, step)


def waits_for_parts(order: WorkOrder) -> bool:
    """Say whether the step that led an order to where it stands was one that asks for a part request."""
    last = order.steps.filter(to_state=order.state).exclude(from_state=order.state).order_by("-at", "-id").first()
    if last is None or order.category != WorkOrder.Category.WAITING:
        return False
    return any(t.verb == last.verb and PROOF in t.proofs for t in flow_of(order.flow_id).transitions_from(last.from_state))


def _way_on(moment: Moment) -> Transition | None:
    steps = [t for t in flow_of(moment.order.flow_id).transitions_from(moment.order.state) if SYSTEM in t.roles]
    facts = facts_for(moment, steps)
    return next((step for step in steps if not step.unmet(facts)), None)


def _tell(order: WorkOrder, at: datetime) -> None:
    parts = ", ".join(f"{requested_words(r)} · {r.demand.held_at}" for r in open_requests(order))
    values = {"number": order.number, "parts": parts}
    engineer = order.engineer.user if order.engineer else None
    if engineer:  # the page belongs to a higher layer, its address is part of the notice
        tell(user=engineer, message=CAME, values=values, url=f"/field/job/{order.pk}/", at=at)
    for user in holders_of("dispatcher"):
        if user != engineer and WorkOrder.objects.visible_to(actor_for(user, "page")).filter(pk=order.pk).exists():
            tell(user=user, message=CAME, values=values, url=reverse("orders:order", args=[order.pk]), at=at)
