"""A fault told by phone: find the device, ask, take it in at once."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from anwei.core.actor import Actor
from anwei.core.errors import NotFound
from anwei.core.pages import PageRequest, attempt, form_page, page
from anwei.core.search import holding
from anwei.core.shell import Crumb
from anwei.core.toasts import toast
from anwei.equipment.devices.models import Device
from anwei.equipment.devices.queries import device_card
from anwei.workorders.intake.forms import PhoneForm
from anwei.workorders.intake.operations import take_phone_call
from anwei.workorders.intake.permissions import TAKE_IN
from anwei.workorders.intake.queries import suggested
from anwei.workorders.intake.shown import urgency_shown
from anwei.workorders.intake.views.requests import about_device

FOUND = 8
LONGEST = 100


def _found(actor: Actor, words: str) -> list[Device]:
    """Return the devices that a serial tail, a hospital, a model or pinyin initials may mean."""
    if len(words.strip()) < 2:
        return []
    rows = Device.objects.visible_to(actor).exclude(state=Device.State.RETIRED).filter(holding(words))
    return list(rows.select_related("model", "hospital", "department").order_by("hospital__name", "number")[:FOUND])


@page(right=TAKE_IN)
def phone(request: PageRequest) -> HttpResponse:
    """Ask which device a call is about; the answers come while one types, or with the button."""
    words = request.GET.get("q", "")[:LONGEST]
    context = {"words": words, "devices": _found(request.actor, words), "title": _("Take a call"), "crumbs": _crumbs()}
    if request.headers.get("HX-Request"):
        return render(request, "intake/_found.html", context)
    return render(request, "intake/find.html", context)


def _crumbs() -> list[Crumb]:
    return [Crumb(_("Intake"), reverse("intake:queue")), Crumb(_("Take a call"))]


@page(right=TAKE_IN)
def phone_on_device(request: PageRequest, id: UUID) -> HttpResponse:
    """Ask what is wrong with a device, and take it in."""
    card = device_card(request.actor, Device(pk=id))
    if card is None:
        raise NotFound(kind="device")
    form = PhoneForm(card.device, request.POST or None)
    if request.method == "POST" and form.is_valid() and (done := attempt(request, form, take_phone_call, **_given(card.device, form))):
        toast(request, _("Taken in as an order"))
        return redirect("orders:order", id=done.id)
    rule = suggested(card.device, symptom="", device_down=None, harm="")
    context = {
        "title": _("Take a call"), "crumbs": _crumbs(), "device": card.device, "urgency": urgency_shown(rule),
        **about_device(request.actor, card.device),
    }  # fmt: skip
    return form_page(request, form, "intake/phone.html", context)


def _given(device: Device, form: PhoneForm) -> dict[str, Any]:
    return {"device": device, **form.cleaned_data}
