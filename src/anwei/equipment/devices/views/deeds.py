"""The pages on which something is done with one device: one form, one deed."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anwei.core.operation import Operation
from anwei.core.pages import PageRequest, attempt, form_page, page
from anwei.core.shell import Crumb, Text
from anwei.core.toasts import toast
from anwei.equipment.devices.forms import (
    AmendForm,
    BlockForm,
    ClaimForm,
    CorrectForm,
    InstallForm,
    MoveForm,
    RegisterForm,
    RetireForm,
    TransferForm,
    UnblockForm,
)
from anwei.equipment.devices.models import Device
from anwei.equipment.devices.operations import amend, block, claim, install, move, register, retire, transfer, unblock
from anwei.equipment.devices.permissions import (
    BLOCK_DEVICES,
    CLAIM_STICKERS,
    CORRECT_DEVICES,
    KEEP_DEVICES,
    PLACE_DEVICES,
    TRANSFER_DEVICES,
    UNBLOCK_DEVICES,
)
from anwei.equipment.devices.queries import papers
from anwei.equipment.devices.shown import papers_named
from anwei.equipment.devices.views.devices import card_of, crumbs
from anwei.foundation.governance.operations import propose
from anwei.foundation.organisations.models import Organisation

Made = Callable[[PageRequest, Device], forms.Form]


@page(right=KEEP_DEVICES)
def register_device(request: PageRequest) -> HttpResponse:
    """Ask for a new device and register it; a hospital may be given in the address."""
    given = request.GET.get("hospital", "")
    hospital = Organisation.objects.visible_to(request.actor).filter(pk=given).first() if _is_id(given) else None
    form = RegisterForm(request.actor, request.POST or None, initial={"hospital": hospital})
    if request.method == "POST" and form.is_valid() and (done := attempt(request, form, register, **form.cleaned_data)):
        toast(request, _("The device is registered"))
        return redirect("devices:device", id=done.id)
    context = {
        "title": _("Register a device"),
        "crumbs": [Crumb(_("Devices"), reverse("devices:list")), Crumb(_("Register a device"))],
        "submit_label": _("Register"),
        "cancel_url": reverse("devices:list"),
    }
    return form_page(request, form, "devices/register.html", context)


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def deed_page(
    *,
    right: str,
    op: Operation[..., Any],
    form_of: Made,
    title: Text,
    button: Text,
    done: Text,
    note: Text = "",
    shown: Callable[[Device], dict[str, Any]] = lambda device: {},
) -> Callable[..., Any]:
    """Make the page of one deed on one device: its form, and afterwards back to the device."""

    @page(right=right)
    def view(request: PageRequest, id: UUID) -> HttpResponse:
        found = card_of(request, id).device
        form = form_of(request, found)
        if request.method == "POST" and form.is_valid() and attempt(request, form, op, device=found, **form.cleaned_data):
            toast(request, done)
            return redirect("devices:device", id=found.pk)
        return form_page(request, form, "devices/deed.html", deed_context(found, title, button, note) | shown(found))

    return view


def deed_context(found: Device, title: Text, button: Text, note: Text = "") -> dict[str, Any]:
    """Return what the page of a deed shows beside its form."""
    return {
        "device": found,
        "title": title,
        "note": note,
        "crumbs": crumbs(found, Crumb(title)),
        "submit_label": button,
        "cancel_url": reverse("devices:device", args=[found.pk]),
    }


install_device = deed_page(
    right=PLACE_DEVICES, op=install, form_of=lambda request, device: InstallForm(device, request.POST or None),
    title=gettext_lazy("Install"), button=gettext_lazy("It is in use"), done=gettext_lazy("The device is in use"),
)  # fmt: skip
move_device = deed_page(
    right=PLACE_DEVICES, op=move, form_of=lambda request, device: MoveForm(device, request.POST or None),
    title=gettext_lazy("Move within the hospital"), button=gettext_lazy("Move"), done=gettext_lazy("The device was moved"),
    note=gettext_lazy("Going to another hospital is a transfer: its papers go with it."),
)  # fmt: skip
transfer_device = deed_page(
    right=TRANSFER_DEVICES, op=transfer, form_of=lambda request, device: TransferForm(request.actor, request.POST or None),
    title=gettext_lazy("Transfer to another hospital"), button=gettext_lazy("Transfer with its papers"),
    done=gettext_lazy("The device and its papers were handed over"),
    shown=lambda device: {"papers": papers_named(papers(device))},
    note=gettext_lazy("Copies of its life and service records are kept with the transfer. Contracts of the former owner end for it."),
)  # fmt: skip
block_device = deed_page(
    right=BLOCK_DEVICES, op=block, form_of=lambda request, device: BlockForm(request.POST or None),
    title=gettext_lazy("Put out of use"), button=gettext_lazy("Do not use"), done=gettext_lazy("The device is out of use"),
    note=gettext_lazy("It shows “do not use” everywhere until quality lifts this block."),
)  # fmt: skip
retire_device = deed_page(
    right=TRANSFER_DEVICES, op=retire, form_of=lambda request, device: RetireForm(request.POST or None),
    title=gettext_lazy("Retire for good"), button=gettext_lazy("Retire"), done=gettext_lazy("The device is retired"),
    note=gettext_lazy("Its file is kept; its stickers end. This cannot be taken back."),
)  # fmt: skip
amend_device = deed_page(
    right=KEEP_DEVICES, op=amend, form_of=lambda request, device: AmendForm(request.actor, device, request.POST or None),
    title=gettext_lazy("Amend details"), button=gettext_lazy("Amend"), done=gettext_lazy("The details were amended"),
    note=gettext_lazy("What is left empty stays. Serial number, model and hospital are corrected with a second person."),
)  # fmt: skip
claim_sticker = deed_page(
    right=CLAIM_STICKERS, op=claim, form_of=lambda request, device: ClaimForm(request.POST or None),
    title=gettext_lazy("Claim a sticker"), button=gettext_lazy("It is stuck on"), done=gettext_lazy("The sticker belongs to this device"),
)  # fmt: skip


@page(right=UNBLOCK_DEVICES)
def unblock_device(request: PageRequest, id: UUID) -> HttpResponse:
    """Ask why a device may be used again, and lift the block that the address names."""
    found, source = card_of(request, id).device, request.GET.get("source", "")
    standing = found.blocks.open().filter(source=source).first()
    if standing is None and request.method != "POST":
        raise Http404
    form = UnblockForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and attempt(request, form, unblock, device=found, source=source, **form.cleaned_data):
        toast(request, _("The block is lifted"))
        return redirect("devices:device", id=found.pk)
    note = standing.reason if standing else ""
    return form_page(request, form, "devices/deed.html", deed_context(found, _("Let it be used again"), _("Lift the block"), note))


@page(right=CORRECT_DEVICES)
def correct_device(request: PageRequest, id: UUID) -> HttpResponse:
    """Ask for a correction of a key field, and propose it to a second person."""
    found = card_of(request, id).device
    form = CorrectForm(request.actor, request.POST or None)
    if request.method == "POST" and form.is_valid():
        proposed = {
            "verb": "devices.correct",
            "payload": {"device": str(found.pk)} | form.payload(),
            "subject": f"{found._meta.label}:{found.pk}",
            "reason": form.cleaned_data["reason"],
        }
        if done := attempt(request, form, propose, **proposed):
            toast(request, _("The correction is proposed; somebody else decides"))
            return redirect("governance:proposal", id=done.id)
    note = _("Now: serial number %(serial)s, model %(model)s, %(hospital)s. Fill in only what is wrong.") % {
        "serial": found.serial,
        "model": found.model.name,
        "hospital": found.hospital.name,
    }
    context = deed_context(found, _("Correct serial, model or hospital"), _("Propose"), note)
    return form_page(request, form, "devices/deed.html", context)
