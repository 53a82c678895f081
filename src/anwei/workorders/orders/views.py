"""Pages of work orders."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from anwei.core import lists
from anwei.core.pages import PageRequest, attempt, form_page, page
from anwei.core.registers import registers
from anwei.core.shell import Action, Crumb
from anwei.foundation.accounts.permissions import EXPORT
from anwei.foundation.clocks.queries import clocks_of
from anwei.foundation.clocks.shown import clock_view
from anwei.workorders.orders.forms import StepForm
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.orders.operations import BY_HAND, move_by_hand
from anwei.workorders.orders.permissions import ADVANCE_ORDER, READ_ORDERS
from anwei.workorders.orders.queries import flow_of, last_on_device, next_steps, order_of, steps_of
from anwei.workorders.orders.shown import about, device_card, entries, facts, state_pill, strip
from anwei.workorders.orders.tables import OrderList


@page(right=READ_ORDERS)
def order_list(request: PageRequest) -> HttpResponseBase:
    """Show work orders."""
    rows = WorkOrder.objects.visible_to(request.actor)
    return lists.respond(request, OrderList(), rows, may_export=request.actor.may(EXPORT), context={"title": _("Work orders")})


@page(right=READ_ORDERS)
def order(request: PageRequest, id: UUID) -> HttpResponse:
    """Show one order: what, how bad, whose turn, until when; its steps; what other apps know of it."""
    found, now = order_of(request.actor, id), timezone.now()
    flow = flow_of(found.flow_id)
    context = {
        "order": found,
        "title": found.shown_title,
        "pill": state_pill(flow.state(found.state)),
        "crumbs": [Crumb(_("Work orders"), reverse("orders:list")), Crumb(found.number, mono=True)],
        "strip": strip(found, flow),
        "clocks": [clock_view(c, now) for c in clocks_of(found.pk)],
        "facts": facts(found),
        "device": device_card(request.actor, found),
        "timeline": entries(flow, steps_of(found)),
        "topics": f"{WorkOrder._meta.label}:{found.pk}",
        "panels": registers.panels_for("orders.order", request.actor),
        **_actions(request, found, now),
    }
    return render(request, "orders/order.html", context)


def _actions(request: HttpRequest, found: WorkOrder, now: Any) -> dict[str, list[Action]]:
    """Offer the steps this person may take by hand; those of other apps come with their panels."""
    actor = request.actor  # type: ignore[attr-defined]
    if not actor.may(ADVANCE_ORDER):
        return {"actions": [], "more_actions": []}
    mine = [s.transition for s in next_steps(actor, found, now) if s.is_open and s.transition.verb in BY_HAND]
    more = [
        Action(str(t.label), reverse("orders:step", args=[found.pk, t.verb]), "right", danger=t.verb == "cancel")
        for t in mine
    ]  # fmt: skip
    return {"actions": [], "more_actions": more}


@page(right=ADVANCE_ORDER)
def step(request: PageRequest, id: UUID, verb: str) -> HttpResponse:
    """Ask for what a step needs, and take it."""
    found = order_of(request.actor, id)
    mine = {t.verb: t for t in flow_of(found.flow_id).transitions_from(found.state)}
    if verb not in BY_HAND or verb not in mine:
        raise Http404
    form = StepForm(mine[verb], request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(request, form, move_by_hand, order=found, verb=verb, fields=form.cleaned_data)
    ):
        return redirect("orders:order", id=found.pk)
    context = {
        "title": str(mine[verb].label),
        "crumbs": [
            Crumb(_("Work orders"), reverse("orders:list")),
            Crumb(found.number, reverse("orders:order", args=[found.pk]), mono=True),
        ],
        "submit_label": str(mine[verb].label),
        "cancel_url": reverse("orders:order", args=[found.pk]),
        "about_title": found.title,
        "about": about(found, mine[verb]),
    }
    return form_page(request, form, context=context)


@page(right=READ_ORDERS)
def on_device(request: PageRequest, id: UUID) -> HttpResponse:
    """Show the last orders of a device, as a panel of its page."""
    found = last_on_device(request.actor, id, count=5)
    return render(request, "orders/_on_device.html", {"orders": [(o, state_pill(flow_of(o.flow_id).state(o.state))) for o in found]})


@page(right=READ_ORDERS)
def at_hospital(request: PageRequest, id: UUID) -> HttpResponse:
    """Show the open orders of a hospital or distributor, as a panel of its page."""
    rows = WorkOrder.objects.visible_to(request.actor).open().filter(Q(hospital=id) | Q(distributor=id)).order_by("-reported_at")[:8]
    return render(request, "orders/_on_device.html", {"orders": [(o, state_pill(flow_of(o.flow_id).state(o.state))) for o in rows]})
