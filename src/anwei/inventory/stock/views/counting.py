"""Counting: scan the place, type what lies there; a second person sees the difference."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from anwei.core.errors import NotFound
from anwei.core.pages import PageRequest, attempt, form_page, page, refusal_of
from anwei.core.shell import Crumb, Fact
from anwei.core.toasts import toast
from anwei.core.wording import when
from anwei.inventory.stock.forms import CountForm
from anwei.inventory.stock.models import Count, Place
from anwei.inventory.stock.operations import approve_count, count, discard_count
from anwei.inventory.stock.permissions import APPROVE_COUNT, COUNT_STOCK, READ_STOCK
from anwei.inventory.stock.shown import COUNT_STATES

COUNTED = (Place.Kind.STORE, Place.Kind.BIN, Place.Kind.VAN, Place.Kind.QUARANTINE, Place.Kind.DEFECTIVE)


@page(right=COUNT_STOCK)
def count_place(request: PageRequest) -> HttpResponse:
    """Ask which place is counted: its code is scanned, or it is chosen."""
    places = Place.objects.visible_to(request.actor).filter(kind__in=COUNTED).select_related("parent").order_by("kind", "name")
    code = str(request.GET.get("place", "")).strip()
    if code:
        named = [p for p in places if code.upper() in (p.name.upper(), str(p.pk).upper())]
        if len(named) == 1:
            return redirect("stock:count_in", id=named[0].pk)
    context = {
        "title": _("Count a place"),
        "code": code,
        "places": places,
        "crumbs": [Crumb(_("Stock counts"), reverse("stock:counts")), Crumb(_("Count a place"))],
    }
    return render(request, "stock/count_place.html", context, status=422 if code else 200)


@page(right=COUNT_STOCK)
def count_in(request: PageRequest, id: UUID) -> HttpResponse:
    """Count one place without seeing what the books say."""
    place = Place.objects.visible_to(request.actor).filter(pk=id, kind__in=COUNTED).first()
    if place is None:
        raise NotFound(kind="place")
    form = CountForm(request.actor, place, request.POST or None)
    if request.method == "POST" and form.is_valid() and (done := attempt(request, form, count, place=place, lines=form.lines())):
        agrees = done.body["state"] == Count.State.AGREES
        toast(
            request,
            _("It agrees. The next place, please.") if agrees else _("It differs: a second person decides. The next place, please."),
        )
        return redirect("stock:count_place")
    context = {
        "title": _("Count %(place)s") % {"place": place.name},
        "place": place,
        "crumbs": [Crumb(_("Stock counts"), reverse("stock:counts")), Crumb(place.name)],
        "submit_label": _("Counted"),
        "cancel_url": reverse("stock:count_place"),
    }
    return form_page(request, form, "stock/count_in.html", context)


@page(right=READ_STOCK)
def count_page(request: PageRequest, id: UUID) -> HttpResponse:
    """Show a count: to a second person with its difference, to who counted without it until it is decided."""
    found = Count.objects.visible_to(request.actor).select_related("place").filter(pk=id).first()
    if found is None:
        raise NotFound(kind="count")
    own = found.counter_id is not None and found.counter_id == request.actor.id
    may = found.state == Count.State.DIFFERS and request.actor.may(APPROVE_COUNT) and not own
    refused = None
    if request.method == "POST" and request.actor.may(APPROVE_COUNT):
        op = discard_count if "discard" in request.POST else approve_count
        refused = refusal_of(request, op, count=found, note=str(request.POST.get("note", ""))[:500])
        if refused is None:
            toast(request, _("Set aside; count again") if op is discard_count else _("The books follow the count now"))
            return redirect("stock:counts")
    lines = [(line, line.counted - line.expected) for line in found.lines.select_related("part").order_by("part__number", "serial", "lot")]
    context = {
        "count": found,
        "title": found.place.name,
        "pill": COUNT_STATES[found.state],
        "crumbs": [Crumb(_("Stock counts"), reverse("stock:counts")), Crumb(found.place.name)],
        "lines": lines,
        "shows_books": not (own and found.state == Count.State.DIFFERS),
        "may_decide": may,
        "refused": refused,
        "facts": [
            Fact(_("Counted by"), found.counter),
            Fact(_("Counted"), when(found.counted_at)),
            Fact(_("Decided by"), found.approver),
            Fact(_("Note"), found.note),
        ],
    }
    return render(request, "stock/count.html", context, status=422 if refused else 200)
