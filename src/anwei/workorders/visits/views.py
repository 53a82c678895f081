"""What was planned and done on site, as a panel of the order's page."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from anwei.core.pages import PageRequest, page
from anwei.core.shell import PillView
from anwei.workorders.orders.queries import order_of
from anwei.workorders.visits.models import Visit
from anwei.workorders.visits.permissions import READ_VISITS
from anwei.workorders.visits.queries import part_uses_of, photos_of, shown_hash, signatures_of, visits_of
from anwei.workorders.visits.shown import VISIT_STATES, answers_of, old_part_words, request_views


@page(right=READ_VISITS)
def on_order(request: PageRequest, id: UUID) -> HttpResponse:
    """Show the appointments of an order, what was asked for, measured, photographed, fitted and signed."""
    order = order_of(request.actor, id)
    signatures = [(signature, signature.shown_sha256 == shown_hash(order)) for signature in signatures_of(order)]
    context = {
        "visits": [(visit, _pill(visit)) for visit in visits_of(order)],
        "requests": request_views(order),
        "sections": answers_of(order),
        "photos": photos_of(order),
        "uses": [(use, old_part_words(use)) for use in part_uses_of(order)],
        "signatures": signatures,
    }
    return render(request, "visits/_on_order.html", context)


def _pill(visit: Visit) -> PillView:
    return VISIT_STATES[visit.state]
