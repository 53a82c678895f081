"""How a visit ends: signed and finished, waiting for somebody, or declined."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from anwei.core.operation import Operation
from anwei.core.pages import PageRequest, form_page, page
from anwei.core.shell import Text
from anwei.entrances.field.forms import DeclineForm, FinishForm, SignForm, WaitCustomerForm
from anwei.entrances.field.posting import post_form, wants
from anwei.entrances.field.shown import job_url
from anwei.entrances.field.views.job import own_order
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.orders.queries import flow_of
from anwei.workorders.visits.operations import decline, finish, sign, wait_for_customer, wait_for_part
from anwei.workorders.visits.permissions import WORK
from anwei.workorders.visits.queries import faults_of, likely_faults, part_uses_of, shown_hash
from anwei.workorders.visits.shown import answers_of

END = "field/end.html"


def _ending(request: PageRequest, order: WorkOrder, form: forms.Form, op: Operation[..., Any], words: Mapping[str, Text]) -> HttpResponse:
    """Ask with a form, perform and go back to the day: the three ways of not going on."""
    if wants(request) and form.is_valid() and post_form(request, form, op, order=order, **form.cleaned_data):
        return redirect("field:today")
    return form_page(request, form, END, {"order": order, "back_url": job_url(order), **words})


@page(right=WORK)
def decline_page(request: PageRequest, id: UUID) -> HttpResponse:
    """Decline a job with a reason."""
    words = {"title": _("Decline the job"), "submit_label": _("Decline the job"), "icon_name": "ban"}
    return _ending(request, own_order(request, id), DeclineForm(request.POST or None), decline, words)


@page(right=WORK)
def wait_part(request: PageRequest, id: UUID) -> HttpResponse:
    """Let the repair wait for what was asked for."""
    words = {"title": _("Wait for the parts"), "submit_label": _("Wait for the parts"), "icon_name": "wait"}
    return _ending(request, own_order(request, id), forms.Form(request.POST or None), wait_for_part, words)


@page(right=WORK)
def wait_customer(request: PageRequest, id: UUID) -> HttpResponse:
    """Say what the hospital must do first, with its evidence."""
    order = own_order(request, id)
    reasons = flow_of(order.flow_id).fields["waiting_customer_reason"].choices
    form = WaitCustomerForm(reasons.items(), request.POST or None)
    words = {"title": _("The hospital must act first"), "submit_label": _("Wait for the hospital"), "icon_name": "wait"}
    return _ending(request, order, form, wait_for_customer, words)


@page(right=WORK)
def sign_page(request: PageRequest, id: UUID) -> HttpResponse:
    """Show the ward what was done and take their signature for exactly that."""
    order = own_order(request, id)
    form = SignForm(request.POST if wants(request) else None, request.FILES if wants(request) else None, initial=_signer(order))
    if wants(request) and form.is_valid():
        given = form.cleaned_data | {"image": form.cleaned_data["image"].read()}
        if post_form(request, form, sign, order=order, **given):
            return redirect("field:finish", id=order.pk)
    context = {
        "order": order,
        "title": _("Signature of the ward"),
        "back_url": job_url(order),
        "shown_hash": shown_hash(order),
        "sections": answers_of(order),
        "uses": [use for use in part_uses_of(order) if use.quantity],
    }
    return form_page(request, form, "field/sign.html", context)


def _signer(order: WorkOrder) -> dict[str, str]:
    return {"name": order.reporter_name}


@page(right=WORK)
def finish_page(request: PageRequest, id: UUID) -> HttpResponse:
    """Say what was found and done, and hand the device over to be released."""
    order = own_order(request, id)
    faults = faults_of(order.device.model.category)
    form = FinishForm(faults.values(), request.POST or None, _likely(order))
    if wants(request) and form.is_valid() and post_form(request, form, finish, order=order, **form.cleaned_data):
        return redirect("field:today")
    context = {"order": order, "title": _("Finish the work"), "back_url": job_url(order), "faults": faults.values()}
    return render(request, "field/finish.html", context | {"form": form}, status=422 if form.errors else 200)


def _likely(order: WorkOrder) -> dict[str, str]:
    """Return what the symptom and the parts suggest: the engineer reads it over instead of typing it at night."""
    faults = faults_of(order.device.model.category)
    code = next((c for c in likely_faults(order.device.model.category, order.symptom) if c in faults), "")
    fitted = [_("Fitted: %(part)s %(serial)s") % {"part": u.part.number, "serial": u.serial} for u in part_uses_of(order) if u.quantity]
    action = [str(faults[code].action)] if code else []
    return {
        "fault": code,
        "cause": str(faults[code].cause) if code else "",
        "work_done": "\n".join([*action, *(f.strip() for f in fitted)]),
    }
