"""The places at the bottom of the phone: today, scan, unsent, more."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from anwei.core.pages import PageRequest, page
from anwei.core.registers import registers
from anwei.core.wording import when
from anwei.entrances.field.shown import Next, clock_of, job_url, next_of, route_url, steps_for, tabs
from anwei.equipment.devices.queries import name_of
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.orders.queries import flow_of
from anwei.workorders.orders.shown import PRIORITIES, state_pill
from anwei.workorders.visits.models import Visit
from anwei.workorders.visits.permissions import WORK
from anwei.workorders.visits.queries import coming, own_job_for, own_visits

ENDED = (Visit.State.DONE,)


@page(right=WORK)
def today_page(request: PageRequest) -> HttpResponse:
    """Show the engineer's day: the next job with its clock and its one button, then the others."""
    visits = own_visits(request.actor, *coming())
    open_visits = sorted((v for v in visits if v.state not in ENDED), key=_by_turn)
    following = open_visits[0] if open_visits else None
    rest = [v for v in visits if v is not following]
    context = {
        "title": when(timezone.now())[5:10],
        "title_note": request.actor.name,
        "job": _card(request, following) if following else None,
        "rest": [(v, state_pill(flow_of(v.order.flow_id).state(v.order.state)), job_url(v.order)) for v in rest],
    }
    return render(request, "field/today.html", context | {"phone_tabs": tabs("today")})


def _by_turn(visit: Visit) -> tuple[bool, Any]:
    """What is under way comes before what is only planned."""
    return visit.state in (Visit.State.PLANNED, Visit.State.ACCEPTED), visit.from_at


def _card(request: PageRequest, visit: Visit) -> dict[str, Any]:
    order, now = visit.order, timezone.now()
    return {
        "order": order,
        "visit": visit,
        "url": job_url(order),
        "clock": clock_of(order, now),
        "priority": PRIORITIES.get(order.priority, order.priority),
        "device": name_of(order.device),
        "place": order.device.place,
        "route": route_url(order),
        "next": _here(order, next_of(order, steps_for(order, visit, "", now))),
    }


def _here(order: WorkOrder, following: Next | None) -> Next | None:
    """The button of the day: a move is made at once, what needs a form leads to the job."""
    return Next(_("Go on with the job"), "right", job_url(order)) if following and following.form else following


@page(right=WORK)
def scan(request: PageRequest) -> HttpResponse:
    """Find one's own job by the code on a device."""
    code = str(request.GET.get("code", "")).strip()
    found = own_job_for(request.actor, code) if code else None
    if found:
        return redirect(job_url(found))
    return render(request, "field/scan.html", {"title": _("Scan"), "code": code, "phone_tabs": tabs("scan")})


@page(right=WORK)
def outbox(request: PageRequest) -> HttpResponse:
    """Show the frame of the list that the phone fills with what it keeps."""
    return render(request, "field/outbox.html", {"title": _("Unsent"), "phone_tabs": tabs("outbox")})


@page(right=WORK)
def more(request: PageRequest) -> HttpResponse:
    """Show language, appearance, the office pages and the way out."""
    entries = [entry for entry in sorted(registers.menu, key=lambda e: e.order) if request.actor.may(entry.right)]
    places = [entry for entry in entries if entry.url_name != "field:today"]
    return render(request, "field/more.html", {"title": _("More"), "places": places, "phone_tabs": tabs("more")})
