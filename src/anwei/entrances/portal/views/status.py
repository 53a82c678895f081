"""How far a reported repair is, for who holds its link or scans the device again."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwei.core.errors import Refusal
from anwei.core.pages import perform, public_page
from anwei.core.wording import when_near
from anwei.entrances.portal.shelter import kindly, sheltered
from anwei.entrances.portal.ward import progress
from anwei.equipment.devices.queries import name_of
from anwei.foundation.accounts.queries import public_actor
from anwei.workorders.intake.models import FaultRequest
from anwei.workorders.intake.operations import URGE_EVERY, urge
from anwei.workorders.intake.queries import runs

SHOWN = ("device__model", "device__hospital", "device__department", "device__branch", "order__engineer")


def _request(token: str) -> FaultRequest | None:
    return FaultRequest.objects.visible_to(public_actor()).select_related(*SHOWN).filter(token=token).first()


def _unknown(request: HttpRequest) -> HttpResponse:
    text = _("This link belongs to no report of ours. Scan the sticker on the device, or call us.")
    return kindly(request, 404, _("We do not know this link"), text)


@public_page("the link that a report was answered with is the proof")
@sheltered
def status(request: HttpRequest, code: str) -> HttpResponse:
    """Show a report by its link."""
    found = _request(code)
    return status_page(request, found) if found else _unknown(request)


@public_page("the link that a report was answered with is the proof")
@require_POST
@sheltered
def urge_report(request: HttpRequest, code: str) -> HttpResponse:
    """Remind us of a report."""
    found = _request(code)
    if found is None:
        return _unknown(request)
    try:
        perform(request, urge, actor=public_actor(), request=found)
    except Refusal as refusal:
        return status_page(request, found, said=str(refusal), status=refusal.status)
    return redirect(reverse("status", args=[code]))


def status_page(
    request: HttpRequest, found: FaultRequest, *, again_url: str = "", device_url: str = "", said: str = "", status: int = 200
) -> HttpResponse:
    """Tell a ward how far its report is; the reporter's name, telephone, words and photo stay with us."""
    now, device = timezone.now(), found.device
    waits = bool(found.urged_at and now - found.urged_at < URGE_EVERY)
    context = {
        "title": _("Repair status"), "title_note": device.hospital.name, "hotline": device.branch.phone, "name": name_of(device),
        "device": device, "found": found, "progress": progress(found, now), "may_urge": runs(found) and not waits,
        "urged": when_near(found.urged_at, timezone.localdate(now)) if waits else "", "again_url": again_url, "device_url": device_url,
        "said": said, "photo_lost": request.GET.get("photo") == "lost",
    }  # fmt: skip
    return render(request, "portal/status.html", context, status=status)
