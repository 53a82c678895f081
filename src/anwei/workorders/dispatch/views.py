"""Pages of dispatching: the board, and what is done from it."""

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwei.core.operation import Operation
from anwei.core.pages import PageRequest, attempt, form_page, page, perform
from anwei.core.shell import Crumb, Fact
from anwei.core.toasts import toast
from anwei.core.wording import when
from anwei.workorders.dispatch.board import day_of, today, todo_clock
from anwei.workorders.dispatch.forms import AppointmentForm, TakeBackForm
from anwei.workorders.dispatch.operations import assign, reassign, take_back
from anwei.workorders.dispatch.permissions import ASSIGN, SEE_BOARD
from anwei.workorders.dispatch.queries import WAITING, candidates, engineers_for, to_dispatch, waiting_for_parts
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.orders.queries import last_on_device, order_of
from anwei.workorders.orders.shown import PRIORITIES
from anwei.workorders.visits.models import Visit
from anwei.workorders.visits.operations import OPEN
from anwei.workorders.visits.queries import standings_of
from anwei.workorders.visits.shown import standing_pill

MOVABLE = ("assigned", "engineer_accepted", "travelling")
LISTED = 60  # orders at the left; the next to breach come first
OFFERED = 6  # candidates at the right; the best come first


@page(right=SEE_BOARD)
def board(request: PageRequest) -> HttpResponse:
    """Show what waits, the day, and who could go for the order that is selected."""
    return _board(request, _selected(request), None)


def _selected(request: PageRequest) -> WorkOrder | None:
    try:
        asked = UUID(request.GET.get("order", ""))
    except ValueError:
        return None
    return order_of(request.actor, asked)


def _board(request: PageRequest, order: WorkOrder | None, form: AppointmentForm | None) -> HttpResponse:
    actor, now = request.actor, timezone.now()
    waiting = list(to_dispatch(actor).select_related("hospital", "department", "device__model")[:LISTED])
    parts = list(waiting_for_parts(actor).select_related("hospital", "department", "device__model")[:LISTED])
    pills = {key: standing_pill(standing) for key, standing in standings_of([one.pk for one in (*waiting, *parts)]).items()}
    plannable = order is not None and order.state in (WAITING, *MOVABLE)
    found = candidates(actor, order, now) if order and plannable else []
    best = next((c for c in found if c.may_go), None)
    day = _day(request, best.slot[0] if best and best.slot else None)
    context = {
        "title": _("Dispatch board"),
        "rail": True,
        "waiting": [(one, todo_clock(one, now), PRIORITIES[one.priority], pills.get(one.pk)) for one in waiting],
        "parts": [(one, todo_clock(one, now), PRIORITIES[one.priority], pills.get(one.pk)) for one in parts],
        "day": day_of(engineers_for(actor), day, now, found, order),
        "order": order,
        "candidates": found[:OFFERED],
        "others": max(0, len(found) - OFFERED),
        "may_assign": actor.may(ASSIGN) and plannable,
        "moves": order is not None and order.state in MOVABLE,
        "visit": Visit.objects.filter(order=order, state__in=OPEN).select_related("engineer").first() if order else None,
        "last": last_on_device(actor, order.device_id, 1, before=order.pk) if order else [],
        "form": form,
        "is_today": day == today(),
    }
    return render(request, "dispatch/board.html", context, status=422 if form else 200)


def _day(request: PageRequest, suggested: Any) -> date:
    try:
        asked = parse_date(request.GET.get("day", ""))
    except ValueError:
        asked = None
    return asked or (timezone.localdate(suggested) if suggested else today())


def _back(request: PageRequest) -> HttpResponseRedirect:
    day = request.GET.get("day", "")
    return redirect(reverse("dispatch:board") + (f"?{urlencode({'day': day})}" if day else ""))


@page(right=ASSIGN)
@require_POST
def assign_page(request: PageRequest, id: UUID) -> HttpResponse:
    """Send an engineer; a refusal is told on the board with what was typed."""
    return _plan(request, order_of(request.actor, id), assign, undo=reverse("dispatch:undo", args=[id]))


@page(right=ASSIGN)
@require_POST
def reassign_page(request: PageRequest, id: UUID) -> HttpResponse:
    """Send another engineer than was to go, or at another time, with the reason."""
    return _plan(request, order_of(request.actor, id), reassign)


def _plan(request: PageRequest, order: WorkOrder, op: Operation[..., Visit], *, undo: str = "") -> HttpResponse:
    form = AppointmentForm(request.actor, request.POST)
    if not form.is_valid():
        return _board(request, order, form)
    given = form.cleaned_data
    seen = next((c for c in candidates(request.actor, order, timezone.now()) if c.engineer == given["engineer"]), None)
    planned: dict[str, Any] = {key: given[key] for key in ("engineer", "from_at", "to_at")}
    planned |= {"order": order, "reasons": [str(reason.text) for reason in seen.reasons] if seen else []}
    if op is reassign:
        planned["reason"] = given["reason"]
    if attempt(request, form, op, **planned) is None:
        return _board(request, order, form)
    words = _("%(number)s goes to %(engineer)s, %(from_at)s") % {
        "number": order.number, "engineer": given["engineer"].name, "from_at": when(given["from_at"]),
    }  # fmt: skip
    toast(request, words, undo=undo)
    return _back(request)


@page(right=ASSIGN)
@require_POST
def undo(request: PageRequest, id: UUID) -> HttpResponse:
    """Take back what was assigned a moment ago."""
    order = order_of(request.actor, id)
    perform(request, take_back, order=order, reason=_("Undone at once by the dispatcher"))
    toast(request, _("%(number)s waits to be dispatched again") % {"number": order.number})
    return redirect(f"{reverse('dispatch:board')}?{urlencode({'order': order.pk})}")


@page(right=ASSIGN)
def take_back_page(request: PageRequest, id: UUID) -> HttpResponse:
    """Ask why a job is taken back, and take it back."""
    order = order_of(request.actor, id)
    form = TakeBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and attempt(request, form, take_back, order=order, reason=form.cleaned_data["reason"]):
        toast(request, _("%(number)s waits to be dispatched again") % {"number": order.number})
        return redirect(f"{reverse('dispatch:board')}?{urlencode({'order': order.pk})}")
    context = {
        "title": _("Take the job back from %(engineer)s") % {"engineer": order.engineer.name if order.engineer else "—"},
        "crumbs": [Crumb(_("Dispatch board"), reverse("dispatch:board")), Crumb(order.number, mono=True)],
        "submit_label": _("Take back"),
        "about_title": order.title,
        "about": [
            Fact(_("Work order"), order.number, reverse("orders:order", args=[order.pk]), mono=True),
            Fact(_("Device"), order.device.model.name, note=order.device.serial),
            Fact(_("Hospital"), order.hospital.name),
        ],
        "cancel_url": f"{reverse('dispatch:board')}?{urlencode({'order': order.pk})}",
    }
    return form_page(request, form, context=context)


@page(right=SEE_BOARD)
def appointment(request: PageRequest, id: UUID) -> HttpResponse:
    """Show the appointments of an order, as a panel of its page."""
    order = order_of(request.actor, id)
    visits = Visit.objects.filter(order=order).select_related("engineer").order_by("-from_at")
    may_assign = request.actor.may(ASSIGN) and order.state in (WAITING, *MOVABLE)
    return render(request, "dispatch/_appointment.html", {"order": order, "visits": visits, "may_assign": may_assign})
