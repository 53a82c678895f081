"""Pages of demands: what is wanted, and issuing to the vans."""

from uuid import UUID

from django.forms import Form
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from anwei.core import lists
from anwei.core.errors import NotFound
from anwei.core.pages import PageRequest, attempt, form_page, page
from anwei.core.picking import suggestions
from anwei.core.shell import Action, Crumb
from anwei.core.toasts import toast
from anwei.foundation.accounts.permissions import EXPORT
from anwei.inventory.demands.forms import WantForm
from anwei.inventory.demands.models import Demand
from anwei.inventory.demands.operations import IssueLine, issue, want
from anwei.inventory.demands.permissions import ISSUE, READ_DEMANDS, WANT
from anwei.inventory.demands.queries import kept_for, to_issue
from anwei.inventory.demands.shown import need_clock
from anwei.inventory.demands.tables import DemandList
from anwei.inventory.parts.models import Part
from anwei.inventory.stock.models import Place


@page(right=READ_DEMANDS)
def demand_list(request: PageRequest) -> HttpResponseBase:
    """Show what is wanted."""
    actor, actions = request.actor, []
    if actor.may(ISSUE):
        actions.append(Action(_("Issue to vans"), reverse("demands:vans"), "car", primary=True))
    if actor.may(WANT):
        actions.append(Action(_("Ask for a part"), reverse("demands:want"), "plus", key="N"))
    rows = Demand.objects.visible_to(actor)
    context = {"title": _("Wanted parts"), "actions": actions}
    return lists.respond(request, DemandList(), rows, may_export=actor.may(EXPORT), context=context)


@page(right=WANT)
def want_page(request: PageRequest) -> HttpResponse:
    """Ask which part a store wants."""
    form = WantForm(request.actor, request.POST or None)
    if request.method == "POST" and form.is_valid() and attempt(request, form, want, **form.cleaned_data):
        toast(request, _("The part is asked for; the buyer sees it"))
        return redirect("demands:list")
    crumbs = [Crumb(_("Wanted parts"), reverse("demands:list")), Crumb(_("Ask for a part"))]
    context = {"title": _("Ask for a part"), "crumbs": crumbs, "submit_label": _("Ask"), "cancel_url": reverse("demands:list")}
    return form_page(request, form, context=context)


@page(right=WANT)
def part_options(request: PageRequest) -> HttpResponse:
    """Suggest parts while one types."""
    rows = Part.objects.visible_to(request.actor).order_by("number")
    return suggestions(request, rows, lambda row: row.number, lambda row: str(row.label))


@page(right=ISSUE)
def vans(request: PageRequest) -> HttpResponse:
    """Show the vans for which parts are kept."""
    now = timezone.now()
    rows = [(row, need_clock(now, row["soonest"], now)) for row in to_issue(request.actor)]
    crumbs = [Crumb(_("Wanted parts"), reverse("demands:list")), Crumb(_("Issue to vans"))]
    return render(request, "demands/vans.html", {"title": _("Issue to vans"), "crumbs": crumbs, "vans": rows})


@page(right=ISSUE)
def van(request: PageRequest, id: UUID) -> HttpResponse:
    """Show what is kept for a van, take a scan a line, and hand it over."""
    place = Place.objects.visible_to(request.actor).filter(pk=id, kind=Place.Kind.VAN).first()
    if place is None:
        raise NotFound(kind="place")
    rows = Demand.objects.visible_to(request.actor).filter(place=place, state=Demand.State.RESERVED).select_related("part", "held_at")
    demands, form = list(rows.order_by("urgency", "needed_by", "id")), Form(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = [d for d in demands if request.POST.get(f"take-{d.pk}")]
        lines = [IssueLine(d, request.POST.get(f"scan-{d.pk}", "")[:300]) for d in chosen]
        if attempt(request, form, issue, lines=lines):
            toast(request, _("%(count)d handed over to %(van)s") % {"count": len(lines), "van": place.name})
            return redirect("demands:vans")
    kept, now = kept_for(demands), timezone.now()
    context = {
        "title": place.name,
        "crumbs": [Crumb(_("Issue to vans"), reverse("demands:vans")), Crumb(place.name)],
        "form": form,
        "lines": [(d, kept[d.pk], need_clock(d.asked_at, d.needed_by, now), request.POST.get(f"scan-{d.pk}", "")) for d in demands],
    }
    return render(request, "demands/van.html", context, status=422 if form.errors else 200)
