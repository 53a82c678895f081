"""Issuing to a van, sending to a store, receiving what was sent."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from anwei.core.errors import NotFound
from anwei.core.ids import uuid7
from anwei.core.pages import PageRequest, attempt, form_page, page, refusal_of
from anwei.core.shell import Action, Crumb, Fact
from anwei.core.toasts import toast
from anwei.core.wording import when
from anwei.inventory.stock.errors import NoSuchStore
from anwei.inventory.stock.forms import ArrivalForm, IssueForm, SendForm
from anwei.inventory.stock.models import Place, Transfer
from anwei.inventory.stock.operations import cancel_transfer, issue, receive_transfer, send
from anwei.inventory.stock.permissions import ISSUE_PARTS, READ_STOCK, RECEIVE_TRANSFER, SEND_PARTS
from anwei.inventory.stock.shown import TRANSFER_STATES


def source_of(request: PageRequest) -> tuple[Place, list[Place]]:
    """Return the store that pieces are taken from, named in the address or the first, with all that one may choose.

    :raises NoSuchStore: this person keeps no store
    """
    own = list(Place.objects.visible_to(request.actor).filter(kind=Place.Kind.STORE).order_by("name"))
    if not own:
        raise NoSuchStore
    named = request.GET.get("from", "")
    return next((place for place in own if str(place.pk) == named), own[0]), own


@page(right=ISSUE_PARTS)
def issue_parts(request: PageRequest) -> HttpResponse:
    """Issue scanned pieces to a van: one scan a line, one confirmation."""
    source, own = source_of(request)
    form = IssueForm(request.actor, source, request.POST or None, initial={"van": request.GET.get("van", ""), "document": uuid7()})
    given = form.cleaned_data if request.method == "POST" and form.is_valid() else None
    if given and attempt(request, form, issue, van=given["van"], lines=form.lines, document=given["document"]):
        toast(request, _("Issued to %(van)s") % {"van": given["van"].name})
        return redirect("stock:issue")
    return form_page(request, form, "stock/move.html", _context(source, own, _("Issue to a van"), _("Issue")))


@page(right=SEND_PARTS)
def send_parts(request: PageRequest) -> HttpResponse:
    """Send scanned pieces to another store."""
    source, own = source_of(request)
    form = SendForm(request.actor, source, request.POST or None)
    if request.method == "POST" and form.is_valid():
        to, note = form.cleaned_data["to"], form.cleaned_data["note"]
        if done := attempt(request, form, send, source=source, to=to.pk, lines=form.lines, note=note):
            toast(request, _("On the way; the other store receives it"))
            return redirect("stock:transfer", id=done.id)
    return form_page(request, form, "stock/move.html", _context(source, own, _("Send to a store"), _("Send parts")))


def _context(source: Place, own: list[Place], title: str, button: str) -> dict[str, Any]:
    return {
        "title": title,
        "source": source,
        "stores": own,
        "crumbs": [Crumb(_("Stock"), reverse("stock:list")), Crumb(title)],
        "submit_label": button,
        "cancel_url": reverse("stock:list"),
    }


@page(right=READ_STOCK)
def transfer(request: PageRequest, id: UUID) -> HttpResponse:
    """Show one transfer; who it goes to says what arrived."""
    rows = Transfer.objects.visible_to(request.actor).select_related("source", "target", "transit")
    found = rows.filter(pk=id).first()
    if found is None:
        raise NotFound(kind="transfer")
    open_ = found.state in (Transfer.State.SENT, Transfer.State.SHORT)
    mine = Place.objects.visible_to(request.actor).filter(pk__in=[found.source_id, found.target_id]).values_list("pk", flat=True)
    may = open_ and request.actor.may(RECEIVE_TRANSFER)
    form = ArrivalForm(found, request.POST or None)
    wants = request.method == "POST" and may and form.is_valid()
    if wants and attempt(request, form, receive_transfer, transfer=found, arrived=form.arrived()):
        toast(request, _("Arrived"))
        return redirect("stock:transfer", id=found.pk)
    actions = []
    if may and found.state == Transfer.State.SENT and found.source_id in mine:
        url = reverse("stock:cancel_transfer", args=[found.pk])
        actions = [Action(_("Take it back"), url, "undo", post=True, confirm=_("Take this transfer back? The pieces are where they were."))]
    context = {
        "transfer": found,
        "title": found.number,
        "pill": TRANSFER_STATES[found.state],
        "crumbs": [Crumb(_("Transfers"), reverse("stock:transfers")), Crumb(found.number, mono=True)],
        "actions": actions,
        "lines": found.lines.select_related("part").order_by("part__number", "serial"),
        "may_receive": may and found.target_id in mine,
        "facts": [
            Fact(_("Comes from"), found.source.name, note=found.sender),
            Fact(_("Goes to"), found.target.name, note=found.receiver),
            Fact(_("Sent"), when(found.sent_at)),
            Fact(_("Arrived"), when(found.received_at)),
            Fact(_("Parcel"), found.note),
        ],
    }
    return form_page(request, form, "stock/transfer.html", context)


@page(right=RECEIVE_TRANSFER)
def cancel(request: PageRequest, id: UUID) -> HttpResponse:
    """Take a transfer back."""
    found = Transfer.objects.visible_to(request.actor).filter(pk=id).first()
    if found is None:
        raise NotFound(kind="transfer")
    if request.method == "POST":
        refusal = refusal_of(request, cancel_transfer, transfer=found)
        toast(request, str(refusal) if refusal else _("The transfer was taken back"))
    return redirect("stock:transfer", id=found.pk)
