"""Asking for a part that is missing: from the parts of the device, by a scan, or by number, name and initials."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anwei.core.errors import NotFound
from anwei.core.pages import PageRequest, page
from anwei.core.shell import Text
from anwei.entrances.field.forms import RequestForm
from anwei.entrances.field.posting import post, post_form, wants
from anwei.entrances.field.shown import SITE, job_url
from anwei.entrances.field.views.job import job_page, own_order
from anwei.inventory.demands.queries import Free, free_for
from anwei.inventory.parts.models import Part
from anwei.inventory.parts.queries import alternatives_to, parts_found
from anwei.inventory.stock.queries import own_van
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.visits.operations import cancel_request, request_part
from anwei.workorders.visits.permissions import WORK
from anwei.workorders.visits.queries import requests_of

LISTED = 40  # parts at once; the search narrows them
NEWER, INSTEAD = gettext_lazy("replaces %(number)s"), gettext_lazy("may be fitted instead of %(number)s")


@dataclass(frozen=True, slots=True)
class Offered:
    """A part to choose: where it lies free, and what it stands for if it is not the part itself."""

    value: str
    part: Part
    free: Free
    note: str = ""

    @property
    def where(self) -> list[tuple[Text, Decimal]]:
        """Give the places with free pieces, the nearest first."""
        places = ((_("in your van"), self.free.own), (_("in your branch"), self.free.near), (_("in other branches"), self.free.far))
        return [(words, count.normalize()) for words, count in places if count]


@page(right=WORK)
def request_page(request: PageRequest, id: UUID) -> HttpResponse:
    """Ask for a part; `q` narrows the list."""
    order = own_order(request, id)
    words = str(request.GET.get("q", "")).strip()[:60]
    form = RequestForm(request.actor, order.state in SITE, request.POST if wants(request) else None)
    if wants(request) and form.is_valid() and post_form(request, form, request_part, order=order, **form.cleaned_data):
        return redirect(job_url(order))
    context = {
        "order": order, "title": _("A part is missing"), "back_url": job_url(order), "form": form, "words": words,
        "offered": offered(request, order, words), "chosen": request.POST.get("part", ""),
    }  # fmt: skip
    return render(request, "field/request.html", context, status=422 if form.errors else 200)


def offered(request: PageRequest, order: WorkOrder, words: str) -> list[Offered]:
    """Return the parts to choose from, each followed by what may be fitted instead of it."""
    parts = parts_found(request.actor, order.device.model.category, words, LISTED)
    others, van = alternatives_to(parts), own_van(request.actor)
    keys = {part.pk for part in parts} | {other.part.pk for rows in others.values() for other in rows}
    free = free_for(keys, van) if van else dict.fromkeys(keys, Free())
    found = []
    for part in parts:
        found.append(Offered(str(part.pk), part, free[part.pk]))
        for other in others.get(part.pk, ()):
            said = (NEWER if other.is_newer else INSTEAD) % {"number": part.number}
            note = " · ".join(text for text in (str(said), other.note) if text)
            found.append(Offered(f"{other.part.pk}:{part.pk}", other.part, free[other.part.pk], note))
    return found


@page(right=WORK)
def cancel_page(request: PageRequest, id: UUID, asked: UUID) -> HttpResponse:
    """Take back what was asked for."""
    order = own_order(request, id)
    found = next((row for row in requests_of(order) if row.pk == asked), None)
    if found is None or not wants(request):
        raise NotFound(kind="request")
    if refusal := post(request, cancel_request, order=order, request=found):
        return job_page(request, order, refusal=refusal)
    return redirect(job_url(order))
