"""The engineer's own stock: what lies in the van, what is coming, what goes back, and handing over to a colleague."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anwei.core.errors import NotFound, Refusal
from anwei.core.pages import PageRequest, page
from anwei.entrances.field.forms import HandOverForm, WitnessForm
from anwei.entrances.field.posting import post, post_form, wants
from anwei.entrances.field.shown import tabs
from anwei.inventory.stock.models import Balance, Condition, Due, Place
from anwei.inventory.stock.operations import Arrived, clean, hand_over, leave, receive_transfer, wipe
from anwei.inventory.stock.permissions import CARE_FOR_OLD_PARTS, HAND_OVER, RECEIVE_TRANSFER
from anwei.inventory.stock.queries import colleagues, coming_to, dues_of, own_van, with_expiry
from anwei.inventory.stock.shown import marks
from anwei.workorders.visits.permissions import WORK

SOON = 60  # days


@page(right=WORK)
def van(request: PageRequest) -> HttpResponse:
    """Show what lies in the engineer's own van, what comes to it and what goes back."""
    return van_page(request)


def van_page(request: PageRequest, refusal: Refusal | None = None) -> HttpResponse:
    """Return the page of the van; a deed that was refused is told at its top."""
    own, today = own_van(request.actor), timezone.localdate()
    owed = dues_of(own)
    context = {
        "title": _("My parts"),
        "pieces": [(piece, _days_left(piece), marks(piece.serial, piece.lot)) for piece in pieces_in(own)],
        "coming": coming_to(own),
        "dues": [(due, (due.due_on - today).days, marks(due.serial, "")) for due in owed],
        "may_hand_over": request.actor.may(HAND_OVER),
        "refusal": refusal,
        "phone_tabs": tabs("van"),
    }
    return render(request, "field/van.html", context, status=422 if refusal else 200)


def pieces_in(own: Place | None) -> list[Balance]:
    """Return what lies in a van, by part, with its last day."""
    if own is None:
        return []
    rows = with_expiry(Balance.objects.filter(place=own, quantity__gt=0)).select_related("part")
    return list(rows.order_by("part__number", "condition", "serial", "lot"))


def _days_left(piece: Balance) -> int | None:
    day = getattr(piece, "expires_on")  # noqa: B009  annotated by the query
    left = (day - timezone.localdate()).days if day else None
    return left if left is not None and left <= SOON else None


@page(right=RECEIVE_TRANSFER)
def accept(request: PageRequest, id: UUID) -> HttpResponse:
    """Accept what a colleague or a store sent to the van, as it was sent."""
    transfer = next((t for t in coming_to(own_van(request.actor)) if t.pk == id), None)
    if transfer is None or not wants(request):
        raise NotFound(kind="transfer")
    arrived = [Arrived(line.pk, line.open) for line in transfer.lines.all() if line.open]
    refusal = post(request, receive_transfer, transfer=transfer, arrived=arrived)
    return van_page(request, refusal) if refusal else redirect("field:van")


@page(right=HAND_OVER)
def hand_over_page(request: PageRequest) -> HttpResponse:
    """Hand good pieces of the van to a colleague."""
    good = [p for p in pieces_in(own_van(request.actor)) if p.condition == Condition.GOOD]
    form = HandOverForm(good, colleagues(request.actor), request.POST or None)
    if wants(request) and form.is_valid():
        given = {"colleague": UUID(form.cleaned_data["colleague"]), "lines": form.lines(), "note": form.cleaned_data["note"]}
        if post_form(request, form, hand_over, **given):
            return redirect("field:van")
    context = {"title": _("Hand to a colleague"), "form": form, "back_url": reverse("field:van"), "pieces": good}
    return render(request, "field/hand_over.html", context, status=422 if form.errors else 200)


CARES = {"wipe": (wipe, gettext_lazy("Data wiped before a witness")), "leave": (leave, gettext_lazy("Stays with the hospital"))}


@page(right=CARE_FOR_OLD_PARTS)
def cleaned(request: PageRequest, id: UUID) -> HttpResponse:
    """Say that an old part is decontaminated."""
    due = due_of(request, id)
    if not wants(request):
        raise Http404
    refusal = post(request, clean, due=due)
    return van_page(request, refusal) if refusal else redirect("field:van")


@page(right=CARE_FOR_OLD_PARTS)
def care(request: PageRequest, id: UUID, how: str) -> HttpResponse:
    """Say before which witness the data of an old part were wiped, or who at the hospital keeps it."""
    if how not in CARES:
        raise Http404
    due, (op, title) = due_of(request, id), CARES[how]
    form = WitnessForm(request.POST or None)
    if wants(request) and form.is_valid() and post_form(request, form, op, due=due, **form.cleaned_data):
        return redirect("field:van")
    context = {"title": title, "form": form, "due": due, "back_url": reverse("field:van")}
    return render(request, "field/care.html", context, status=422 if form.errors else 200)


def due_of(request: PageRequest, id: UUID) -> Due:
    """Return a piece that this engineer owes.

    :raises NotFound: it is not theirs
    """
    found = next((due for due in dues_of(own_van(request.actor)) if due.pk == id), None)
    if found is None:
        raise NotFound(kind="due")
    return found
