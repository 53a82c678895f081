"""One job: its steps one below the other, the open one with its form, and the one button."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from anwei.core.errors import NotFound, Refusal
from anwei.core.pages import PageRequest, page
from anwei.core.shell import Action
from anwei.entrances.field.forms import PartForm
from anwei.entrances.field.posting import post, wants
from anwei.entrances.field.sections import Known, SectionForm
from anwei.entrances.field.shown import PARTS, SITE, clock_of, job_url, next_of, route_url, steps_for
from anwei.equipment.devices.queries import name_of
from anwei.equipment.instruments.queries import usable_on
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.orders.queries import flow_of, order_of
from anwei.workorders.orders.shown import state_pill
from anwei.workorders.visits.models import Photo
from anwei.workorders.visits.operations import OPEN, accept, arrive, resume, start, travel
from anwei.workorders.visits.permissions import WORK
from anwei.workorders.visits.queries import (
    awaited_of,
    fitting_pieces,
    last_values,
    own_visit_of,
    part_uses_of,
    past_faults,
    photos_of,
    readings_of,
    sections_of,
)
from anwei.workorders.visits.shown import old_part_words, request_views

VERBS = {"accept": accept, "travel": travel, "arrive": arrive, "start": start, "resume": resume}


@page(right=WORK)
def job(request: PageRequest, id: UUID) -> HttpResponse:
    """Show one of the engineer's own jobs; `step` opens another step than the next one."""
    return job_page(request, own_order(request, id), str(request.GET.get("step", "")))


@page(right=WORK)
def move(request: PageRequest, id: UUID, verb: str) -> HttpResponse:
    """Take one of the steps that need one tap and nothing else."""
    if verb not in VERBS or not wants(request):
        raise Http404
    order = own_order(request, id)
    refusal = post(request, VERBS[verb], order=order)
    if refusal:
        return job_page(request, own_order(request, id), refusal=refusal)
    return redirect(job_url(order))


def own_order(request: PageRequest, id: UUID) -> WorkOrder:
    """Return an order on which the engineer has or had an appointment.

    :raises NotFound: there is none, or it is not theirs
    """
    order = order_of(request.actor, id)
    if own_visit_of(request.actor, order) is None:
        raise NotFound(kind="order")
    return order


def known_of(request: PageRequest, order: WorkOrder) -> Known:
    """Return what is known of an order when a section is asked."""
    photos: dict[str, list[Photo]] = defaultdict(list)
    for photo in photos_of(order):
        photos[photo.task].append(photo)
    return Known(readings_of(order), photos, last_values(order), usable_on(request.actor, timezone.localdate()))


def section_form(request: PageRequest, order: WorkOrder, key: str, data: Any = None) -> SectionForm:
    """Return a section of the order's checklist as a form.

    :raises Http404: the checklist has no such section
    """
    section = next((s for s in sections_of(order) if s.key == key), None)
    if section is None:
        raise Http404
    return SectionForm(section, known_of(request, order), data)


def job_page(
    request: PageRequest, order: WorkOrder, step: str = "", *, form: SectionForm | None = None, part_form: PartForm | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:  # fmt: skip
    """Return the page of a job; a refused form stands in its step with what was typed."""
    now = timezone.now()
    visit = own_visit_of(request.actor, order)
    steps = steps_for(order, visit, step, now)
    current = next((s for s in steps if s.state == "now"), None)
    is_section = current is not None and any(s.key == current.key for s in sections_of(order))
    if is_section and form is None and current is not None:
        form = section_form(request, order, current.key)
    pieces = fitting_pieces(request.actor, order) if order.state in SITE else []
    context = {
        "order": order,
        "visit": visit,
        "title": order.shown_title,
        "back_url": reverse("field:today"),
        "state": state_pill(flow_of(order.flow_id).state(order.state)),
        "clock": clock_of(order, now),
        "device": name_of(order.device),
        "route": route_url(order),
        "past": past_faults(request.actor, order),
        "steps": steps,
        "current": current,
        "form": form if is_section else None,
        "uses": [(use, old_part_words(use)) for use in part_uses_of(order)],
        "requests": request_views(order),
        "may_cancel": visit is not None and visit.state in OPEN,
        "pieces": pieces,
        "part_form": part_form or PartForm(pieces),
        "parts_open": part_form is not None or (current is not None and current.key == PARTS),
        "next": next_of(order, steps) if visit else None,
        "ways": _ways(order),
        "refusal": refusal,
    }
    refused = refusal is not None or bool(form and form.errors) or bool(part_form and part_form.errors)
    return render(request, "field/job.html", context, status=422 if refused else 200)


def _ways(order: WorkOrder) -> list[Action]:
    """Return what can be done when the next step cannot."""
    ways = {
        "decline": Action(_("Decline the job"), reverse("field:decline", args=[order.pk]), "ban", danger=True),
        "request": Action(_("A part is missing"), reverse("field:request", args=[order.pk]), "stock"),
        "wait_part": Action(_("Wait for the parts"), reverse("field:wait_part", args=[order.pk]), "wait"),
        "wait_customer": Action(_("The hospital must act first"), reverse("field:wait_customer", args=[order.pk]), "wait"),
    }
    on_site = ["request", *(["wait_part"] if order.state in SITE and awaited_of(order) else []), "wait_customer"]
    offered = {
        "assigned": ["decline"], "engineer_accepted": ["request", "wait_customer"], "travelling": ["request"], "on_site": on_site,
        "working": on_site, "waiting_part": ["request"],
    }  # fmt: skip
    return [ways[key] for key in offered.get(order.state, [])]
