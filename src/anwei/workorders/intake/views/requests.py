"""The queue of fault requests, and one of them on the way to an order."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwei.core import lists
from anwei.core.actor import Actor
from anwei.core.pages import PageRequest, attempt, page, perform
from anwei.core.shell import Action, Crumb
from anwei.core.toasts import toast
from anwei.equipment.contracts.queries import coverage
from anwei.equipment.devices.models import Device
from anwei.equipment.devices.queries import device_card
from anwei.foundation.accounts.permissions import EXPORT
from anwei.workorders.intake.forms import AnswerForm, FaultForm, read_down
from anwei.workorders.intake.models import FaultRequest
from anwei.workorders.intake.operations import accept, decline, join, solve
from anwei.workorders.intake.permissions import READ_CALLERS, READ_REQUESTS, TAKE_IN
from anwei.workorders.intake.queries import of_order, on_device, request_of, suggested
from anwei.workorders.intake.shown import HARM, STATES, age, source, symptom_name, urgency_shown
from anwei.workorders.intake.tables import RequestList
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.orders.queries import last_on_device, open_on_device, order_of

SHOWN_ORDERS = 4  # open ones of the hospital, beside the caller


@page(right=READ_REQUESTS)
def queue(request: PageRequest) -> HttpResponseBase:
    """Show fault requests."""
    actor = request.actor
    actions = [Action(_("Take a call"), reverse("intake:phone"), "call", primary=True, key="N")] if actor.may(TAKE_IN) else []
    rows = FaultRequest.objects.visible_to(actor)
    context = {"title": _("Intake"), "actions": actions}
    return lists.respond(request, RequestList(), rows, may_export=actor.may(EXPORT) and actor.may(READ_CALLERS), context=context)


def about_device(actor: Actor, device: Device) -> dict[str, Any]:
    """Return what is to be seen of a device before a fault is taken in: its card, who pays, what runs on it, its last faults."""
    return {
        "card": device_card(actor, device),
        "coverage": coverage(device, timezone.localdate()),
        "duplicates": list(open_on_device(actor, device.pk)),
        "last_faults": last_on_device(actor, device.pk),
        "others": list(
            WorkOrder.objects.visible_to(actor).open().filter(hospital=device.hospital_id).order_by("next_due_at")[:SHOWN_ORDERS]
        ),
    }


def _initial(found: FaultRequest) -> dict[str, Any]:
    down = {True: "yes", False: "no", None: ""}[found.device_down]
    return {"symptom": found.symptom, "harm": found.harm, "device_down": down, "priority": ""}


def _request_page(request: PageRequest, found: FaultRequest, form: FaultForm, answer: AnswerForm, status: int = 200) -> HttpResponse:
    icon, door = source(found)
    rule = suggested(found.device, symptom=found.symptom, device_down=found.device_down, harm=found.harm)
    context = {
        "found": found,
        "title": symptom_name(found.symptom),
        "pill": STATES[found.state],
        "head_note": age(found.at, timezone.now()),
        "crumbs": [Crumb(_("Intake"), reverse("intake:queue")), Crumb(found.device.model.name)],
        "source_icon": icon, "source": door, "harm": HARM[found.harm],
        "sees_caller": request.actor.may(READ_CALLERS),
        "may_answer": request.actor.may(TAKE_IN) and found.state == FaultRequest.State.NEW,
        "photos": list(found.photos.order_by("id")),
        "form": form, "answer_form": answer, "urgency": urgency_shown(rule), "device": found.device,
        **about_device(request.actor, found.device),
    }  # fmt: skip
    return render(request, "intake/request.html", context, status=status)


@page(right=READ_REQUESTS)
def show_request(request: PageRequest, id: UUID) -> HttpResponse:
    """Show one request: who reports, which device, what is wrong, what to do with it."""
    found = request_of(request.actor, id)
    return _request_page(request, found, FaultForm(found.device, initial=_initial(found)), AnswerForm())


@require_POST
@page(right=TAKE_IN)
def accept_request(request: PageRequest, id: UUID) -> HttpResponse:
    """Take a request in as an order."""
    found = request_of(request.actor, id)
    form = FaultForm(found.device, request.POST)
    if form.is_valid() and (done := attempt(request, form, accept, request=found, **form.cleaned_data)):
        toast(request, _("Taken in as an order"))
        return redirect("orders:order", id=done.id)
    return _request_page(request, found, form, AnswerForm(), 422)


@require_POST
@page(right=TAKE_IN)
def join_request(request: PageRequest, id: UUID, order: UUID) -> HttpResponse:
    """Join a request to an order that is open on its device."""
    perform(request, join, request=FaultRequest(pk=id), order=order_of(request.actor, order))
    toast(request, _("Joined to the order"))
    return redirect("orders:order", id=order)


@require_POST
@page(right=TAKE_IN)
def answer_request(request: PageRequest, id: UUID) -> HttpResponse:
    """Answer a request without an order: solved by phone, or declined."""
    found = request_of(request.actor, id)
    op = solve if request.POST.get("kind") == "solve" else decline
    form = AnswerForm(request.POST)
    if form.is_valid() and attempt(request, form, op, request=found, **form.cleaned_data):
        toast(request, _("Answered; the ward reads it"))
        return redirect("intake:queue")
    return _request_page(request, found, FaultForm(found.device, initial=_initial(found)), form, 422)


@page(right=READ_REQUESTS)
def urgency_hint(request: PageRequest, device: UUID) -> HttpResponse:
    """Say how urgent the rule holds what is chosen so far."""
    found = device_card(request.actor, Device(pk=device))
    given = request.GET
    if found is None:
        return HttpResponse(status=204)
    rule = suggested(
        found.device, symptom=given.get("symptom", ""), device_down=read_down(given.get("device_down", "")), harm=given.get("harm", "")
    )
    return render(request, "intake/_urgency.html", {"urgency": urgency_shown(rule), "device": found.device})


def _rows(request: HttpRequest, rows: Any) -> list[dict[str, Any]]:
    now = timezone.now()
    return [
        {
            "request": r, "name": symptom_name(r.symptom), "pill": STATES[r.state], "harm": HARM[r.harm], "source": source(r)[1],
            "age": age(r.at, now),
        }
        for r in rows
    ]  # fmt: skip


@page(right=READ_REQUESTS)
def on_order_panel(request: PageRequest, id: UUID) -> HttpResponse:
    """Show the reports behind an order, with their words and photos, as a panel of its page."""
    rows = _rows(request, of_order(request.actor, order_of(request.actor, id).pk))
    return render(request, "intake/_on_order.html", {"rows": rows, "sees_caller": request.actor.may(READ_CALLERS)})


@page(right=READ_REQUESTS)
def on_device_panel(request: PageRequest, id: UUID) -> HttpResponse:
    """Show the last requests on a device, as a panel of its page."""
    context = {"rows": _rows(request, on_device(request.actor, id)[:5]), "device": id, "may_take_in": request.actor.may(TAKE_IN)}
    return render(request, "intake/_on_device.html", context)
