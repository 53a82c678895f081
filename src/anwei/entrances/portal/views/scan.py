"""A scan of a device's sticker: report a fault, see how far the repair is, or claim a blank sticker."""

from collections.abc import Mapping
from typing import Any

from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from anwei.core.actor import Actor
from anwei.core.operation import Operation
from anwei.core.pages import attempt, public_page
from anwei.entrances.portal.forms import ReportForm
from anwei.entrances.portal.shelter import kindly, sheltered
from anwei.entrances.portal.views.status import status_page
from anwei.equipment.devices.models import Device, Sticker
from anwei.equipment.devices.permissions import CLAIM_STICKERS, READ_DEVICES
from anwei.equipment.devices.queries import name_of, sticker_by_code
from anwei.foundation.accounts.queries import public_actor
from anwei.workorders.intake.models import FaultRequest
from anwei.workorders.intake.operations import report
from anwei.workorders.intake.queries import running_on

PHONE_COOKIE = "anwei_reporter"
YEAR = 365 * 24 * 3600


@public_page("who stands before a device scans its sticker, without login")
@sheltered
def scan(request: HttpRequest, code: str) -> HttpResponse:
    """Answer a scan: the running repair, else the form; a code that reports nothing is answered kindly."""
    sticker = sticker_by_code(code)
    if sticker is None or sticker.revoked_at:
        text = _("This code belongs to no device of ours. Scan it again, or call us: we find the device together with you.")
        return kindly(request, 404, _("We do not know this code"), text)
    if sticker.device is None:
        return _unclaimed(request, sticker)
    here, looks = reverse("scan", args=[sticker.code]), request.method != "POST"
    if looks and "other" in request.GET:
        text = _("Scan the sticker on the device that has the fault. If there is none, call us: we find the device together with you.")
        return kindly(request, 200, _("Scan the right device"), text)
    if looks and "again" not in request.GET and (running := running_on(public_actor(), sticker.device)):
        return status_page(request, running, again_url=f"{here}?again", device_url=_own_page(request, sticker.device))
    return report_page(request, sticker.device, report, actor=public_actor(), on={"sticker": sticker}, wrong_url=f"{here}?other")


def _unclaimed(request: HttpRequest, sticker: Sticker) -> HttpResponse:
    actor: Actor | None = getattr(request, "actor", None)
    if actor is not None and actor.side == "ours" and actor.may(CLAIM_STICKERS):
        return redirect("portal:claim", code=sticker.code)
    text = _("This sticker is not in use yet. Call us and tell us which device it is on: we help at once.")
    return kindly(request, 404, _("Not in use yet"), text)


def _own_page(request: HttpRequest, device: Device) -> str:
    """Return the address of a device's own page for those of ours who may open it."""
    actor: Actor | None = getattr(request, "actor", None)
    may = actor is not None and actor.may(READ_DEVICES) and Device.objects.visible_to(actor).filter(pk=device.pk).exists()
    return reverse("devices:device", args=[device.pk]) if may else ""


def report_page(
    request: HttpRequest, device: Device, op: Operation[..., FaultRequest], *, actor: Actor, on: Mapping[str, Any], wrong_url: str = ""
) -> HttpResponse:
    """Ask what is wrong with a device; a report is answered with its status page. The telephone is remembered on this phone alone."""
    known = {"phone": _remembered(request)}
    form = ReportForm(device, request.POST or None, request.FILES or None, initial=known)
    if request.method == "POST" and form.is_valid() and (done := attempt(request, form, op, actor=actor, **on, **form.given())):
        made = FaultRequest.objects.visible_to(actor).get(pk=done.id)
        lost = bool(request.FILES.get("photo")) and not made.photos.exists()
        answer = redirect(reverse("status", args=[made.token]) + ("?photo=lost" if lost else ""))
        if phone := form.cleaned_data["phone"]:
            answer.set_signed_cookie(PHONE_COOKIE, phone, max_age=YEAR, httponly=True, samesite="Lax", secure=request.is_secure())
        return answer
    context = {
        "title": _("Report a fault"), "title_note": device.hospital.name, "hotline": device.branch.phone, "form": form, "device": device,
        "name": name_of(device), "chips": form.chips(), "device_url": _own_page(request, device),
        "wrong_url": wrong_url,
    }  # fmt: skip
    return render(request, "portal/report.html", context, status=422 if form.errors else 200)


def _remembered(request: HttpRequest) -> str:
    try:
        return request.get_signed_cookie(PHONE_COOKIE, default="", max_age=YEAR) or ""
    except BadSignature:
        return ""
