"""Printing stickers: blank ones to be claimed by scan, or one for a device."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from anwei.core.errors import NotFound
from anwei.core.pages import PageRequest, attempt, form_page, page, perform
from anwei.core.shell import Crumb
from anwei.core.toasts import toast
from anwei.equipment.devices.forms import BatchForm, SheetForm
from anwei.equipment.devices.models import Sticker
from anwei.equipment.devices.operations import print_stickers, revoke
from anwei.equipment.devices.paper import labels_pdf
from anwei.equipment.devices.permissions import PRINT_STICKERS
from anwei.equipment.devices.views.devices import card_of

RECENT = 8  # print jobs shown


@page(right=PRINT_STICKERS)
def sticker_page(request: PageRequest) -> HttpResponse:
    """Ask how many blank stickers are wanted, and show the last print jobs."""
    form = BatchForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (done := attempt(request, form, print_stickers, **form.cleaned_data)):
        return redirect("devices:batch", id=_batch_of(UUID(done.body[0]["id"])))
    latest = Sticker.objects.visible_to(request.actor).exclude(batch=None).order_by("-batch").values_list("batch", "printed_at")
    context = {
        "title": _("Stickers"),
        "crumbs": [Crumb(_("Devices"), reverse("devices:list")), Crumb(_("Stickers"))],
        "submit_label": _("Make the codes"),
        "jobs": list(latest.distinct()[:RECENT]),
    }
    return form_page(request, form, "devices/stickers.html", context)


@require_POST
@page(right=PRINT_STICKERS)
def print_for_device(request: PageRequest, id: UUID) -> HttpResponse:
    """Make the print job of one device's sticker."""
    found = card_of(request, id).device
    done = perform(request, print_stickers, devices=[found])
    return redirect("devices:batch", id=_batch_of(UUID(done.body[0]["id"])))


def _batch_of(sticker: UUID) -> UUID:
    batch = Sticker.objects.values_list("batch", flat=True).get(pk=sticker)
    assert batch is not None, "a printed sticker has a batch"
    return batch


def _stickers_of(request: PageRequest, batch: UUID) -> list[Sticker]:
    rows = Sticker.objects.visible_to(request.actor).living().filter(batch=batch).order_by("id")
    found = list(rows.select_related("device__model", "device__hospital", "device__branch"))
    if not found:
        raise NotFound(kind="batch")
    return found


@page(right=PRINT_STICKERS)
def batch(request: PageRequest, id: UUID) -> HttpResponse:
    """Show a print job: its codes, and the papers it can be printed on."""
    stickers = _stickers_of(request, id)
    number = len(stickers)
    context = {
        "title": ngettext("%(number)s sticker", "%(number)s stickers", number) % {"number": number},
        "crumbs": [Crumb(_("Devices"), reverse("devices:list")), Crumb(_("Stickers"), reverse("devices:stickers")), Crumb(_("Print job"))],
        "stickers": stickers,
        "pdf_url": reverse("devices:batch_pdf", args=[id]),
        "form": SheetForm(),
    }
    return render(request, "devices/batch.html", context)


@page(right=PRINT_STICKERS)
def batch_pdf(request: PageRequest, id: UUID) -> HttpResponse:
    """Give a print job as PDF on the paper that the address names: a sheet by default."""
    stickers = _stickers_of(request, id)
    form = SheetForm({"layout": "sheet"} | request.GET.dict())
    if not form.is_valid():
        return render(request, "devices/batch.html", {"title": _("Stickers"), "stickers": stickers, "form": form}, status=422)
    layout = form.cleaned_data["layout"]
    content = labels_pdf(stickers, site(request), layout, skip=form.cleaned_data["skip"] or 0)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="stickers-{layout}-{len(stickers)}.pdf"'
    return answer


def site(request: HttpRequest) -> str:
    """Return the address under which phones reach this system: as configured, else as it was asked for just now."""
    return (settings.BASE_URL or request.build_absolute_uri("/")).rstrip("/")


@require_POST
@page(right=PRINT_STICKERS)
def revoke_sticker(request: PageRequest, id: UUID) -> HttpResponse:
    """Take a sticker out of use."""
    done = perform(request, revoke, sticker=Sticker(pk=id))
    toast(request, _("The sticker is out of use"))
    device = done.body.get("device")
    return redirect("devices:device", id=UUID(device)) if device else redirect("devices:stickers")
