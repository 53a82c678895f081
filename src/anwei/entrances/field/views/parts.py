"""Parts out of the van, and back."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect

from anwei.core.errors import NotFound
from anwei.core.pages import PageRequest, page
from anwei.entrances.field.forms import INFECTIOUS, PartForm
from anwei.entrances.field.posting import post, post_form, wants
from anwei.entrances.field.shown import PARTS, job_url
from anwei.entrances.field.views.job import job_page, own_order
from anwei.workorders.visits.operations import fit_part, take_part_back
from anwei.workorders.visits.permissions import WORK
from anwei.workorders.visits.queries import fitting_pieces, part_uses_of


@page(right=WORK)
def fit(request: PageRequest, id: UUID) -> HttpResponse:
    """Fit a piece out of the van; the old one goes back into it."""
    order = own_order(request, id)
    if not wants(request):
        return redirect(job_url(order, PARTS))
    form = PartForm(fitting_pieces(request.actor, order), request.POST)
    if form.is_valid():
        piece = form.cleaned_data["balance"]
        old_condition = form.cleaned_data["old_condition"]
        done = post_form(
            request, form, fit_part, order=order, part=piece.part, serial=piece.serial, lot=piece.lot, old_condition=old_condition,
            old_serial=form.cleaned_data["old_serial"] if old_condition else "",
            old_is_clean=form.cleaned_data["old_is_clean"] if INFECTIOUS in piece.part.hazards else None,
        )  # fmt: skip
        if done:
            return redirect(job_url(order))
    return job_page(request, order, PARTS, part_form=form)


@page(right=WORK)
def take_back(request: PageRequest, id: UUID, use: UUID) -> HttpResponse:
    """Take back a part that was booked by mistake."""
    order = own_order(request, id)
    found = next((row for row in part_uses_of(order) if row.pk == use), None)
    if found is None or not wants(request):
        raise NotFound(kind="use")
    if refusal := post(request, take_part_back, order=order, use=found):
        return job_page(request, order, refusal=refusal)
    return redirect(job_url(order, PARTS))
