"""From what is short to orders that are sent: select, make, send."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwei.core import lists
from anwei.core.errors import Refusal
from anwei.core.labels import Listing
from anwei.core.pages import PageRequest, page, perform, refusal_of
from anwei.core.shell import Action, Crumb
from anwei.core.toasts import toast
from anwei.foundation.accounts.permissions import EXPORT
from anwei.inventory.demands.models import Demand
from anwei.procurement.purchasing.models import PurchaseOrder
from anwei.procurement.purchasing.operations import order_demands, send_together
from anwei.procurement.purchasing.operations.ordering import why_not
from anwei.procurement.purchasing.permissions import BUY
from anwei.procurement.purchasing.queries import demands_on, shortages
from anwei.procurement.purchasing.shown import STATES
from anwei.procurement.purchasing.tables import ToBuyList
from anwei.procurement.suppliers.queries import offers


@page(right=BUY)
def demands(request: PageRequest) -> HttpResponseBase:
    """Show what is short, with the best offer for each part."""
    rows = shortages(request.actor)
    offered = offers(set(rows.values_list("part", flat=True)), timezone.localdate())
    actions = [
        Action(_("Purchase orders"), reverse("purchasing:orders"), "paper"),
        Action(_("Ask for a part"), reverse("demands:want"), "plus"),
    ]
    context = {"title": _("To buy"), "actions": actions}
    return lists.respond(request, ToBuyList(offered), rows, may_export=request.actor.may(EXPORT), context=context)


def _ids(texts: list[str]) -> list[UUID]:
    """Return what can be read as keys."""
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


@page(right=BUY)
@require_POST
def make(request: PageRequest) -> HttpResponse:
    """Make the orders for the shortages chosen, grouped by supplier, and show them ready to send."""
    wanted = list(Demand.objects.visible_to(request.actor).filter(pk__in=_ids(request.POST.getlist("id"))))
    try:
        done = perform(request, order_demands, demands=wanted)
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        toast(request, str(refusal), level=messages.ERROR)
        return redirect("purchasing:demands")
    _tell_left(request, wanted)
    query = urlencode({"id": [row["id"] for row in done.body]}, doseq=True)
    return redirect(f"{reverse('purchasing:made')}?{query}")


def _tell_left(request: PageRequest, wanted: list[Demand]) -> None:
    left = list(shortages(request.actor).filter(pk__in=[d.pk for d in wanted]).select_related("part"))
    if not left:
        return
    offered = offers({d.part_id for d in left}, timezone.localdate())
    reasons = Listing(dict.fromkeys(why_not(d.part, offered[d.part_id]) for d in left))
    toast(request, _("Still short, for nobody may deliver it: %(reasons)s") % {"reasons": reasons}, level=messages.WARNING)


@page(right=BUY)
def made(request: PageRequest) -> HttpResponse:
    """Show orders that were just made, and send those that may be sent together."""
    given = _ids(request.POST.getlist("id") or request.GET.getlist("id"))
    rows = PurchaseOrder.objects.visible_to(request.actor).filter(pk__in=given).select_related("supplier__organisation", "branch")
    orders = list(rows.order_by("number"))
    ready = [order for order in orders if order.state == PurchaseOrder.State.APPROVED]
    if request.method == "POST":
        if refused := refusal_of(request, send_together, orders=ready):
            toast(request, str(refused), level=messages.ERROR)
        else:
            toast(request, _("Sent: %(numbers)s") % {"numbers": Listing(order.number for order in ready)})
            return redirect("purchasing:orders")
    context = {
        "title": _("Orders ready to send"),
        "crumbs": [Crumb(_("To buy"), reverse("purchasing:demands")), Crumb(_("Orders ready to send"))],
        "orders": [(order, STATES[order.state], _lines(order)) for order in orders],
        "ready": ready,
    }
    return render(request, "purchasing/made.html", context)


def _lines(order: PurchaseOrder) -> list[tuple[object, list[Demand]]]:
    lines = list(order.lines.select_related("part").order_by("part__number"))
    serves = demands_on(lines)
    return [(line, serves[line.pk]) for line in lines]
