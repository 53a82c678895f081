"""For those who sign in: a hospital reports from its own ledger, our people claim a blank sticker by scan."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from anwei.core.errors import NotFound
from anwei.core.pages import PageRequest, page, perform
from anwei.core.search import holding
from anwei.core.toasts import toast
from anwei.entrances.portal.shelter import fitting
from anwei.entrances.portal.views.scan import report_page
from anwei.equipment.devices.models import Device
from anwei.equipment.devices.operations import claim
from anwei.equipment.devices.permissions import CLAIM_STICKERS
from anwei.workorders.intake.operations import report_own
from anwei.workorders.intake.permissions import REPORT_OWN

SHOWN = ("model", "hospital", "department", "branch")
OFFERED = 20
LONGEST = 100


def _devices(request: PageRequest, words: str) -> list[Device]:
    """Return the devices this person sees, found by what was typed; the first ones where nothing was."""
    rows = Device.objects.visible_to(request.actor).exclude(state=Device.State.RETIRED)
    found = rows.filter(holding(words)) if words.strip() else rows
    return list(found.select_related(*SHOWN).order_by("department__name", "number")[:OFFERED])


@page(right=REPORT_OWN)
def choose(request: PageRequest) -> HttpResponse:
    """Ask which device of one's own ledger has a fault."""
    words = request.GET.get("q", "")[:LONGEST]
    context = {"title": _("Report a fault"), "words": words, "devices": _devices(request, words)}
    return render(request, "portal/choose.html", context)


@fitting
@page(right=REPORT_OWN)
def report_device(request: PageRequest, id: UUID) -> HttpResponse:
    """Report a fault of a device in one's own ledger."""
    device = Device.objects.visible_to(request.actor).select_related(*SHOWN).filter(pk=id).first()
    if device is None:
        raise NotFound(kind="device")
    return report_page(request, device, report_own, actor=request.actor, on={"device": device})


@page(right=REPORT_OWN)
def report_panel(request: PageRequest, id: UUID) -> HttpResponse:
    """Offer the form on the page of a device."""
    return render(request, "portal/_report_panel.html", {"device": id})


@page(right=CLAIM_STICKERS)
def claim_sticker(request: PageRequest, code: str) -> HttpResponse:
    """Ask on which device a blank sticker was stuck, and say so."""
    if request.method == "POST":
        device = Device(pk=_uuid(request.POST.get("device", "")))
        perform(request, claim, device=device, code=code)
        toast(request, _("The sticker belongs to this device"))
        return redirect("devices:device", id=device.pk)
    words = request.GET.get("q", "")[:LONGEST]
    context = {"title": _("Claim a sticker"), "title_note": code, "code": code, "words": words, "devices": _devices(request, words)}
    return render(request, "portal/claim.html", context)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound(kind="device") from error
