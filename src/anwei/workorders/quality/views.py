"""Pages of quality: what waits, the gate before clinical use, the service report."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwei.core import lists
from anwei.core.errors import Refusal
from anwei.core.operation import Operation
from anwei.core.pages import PageRequest, attempt, form_page, page, public_page, refusal_of
from anwei.core.shell import Crumb
from anwei.core.toasts import toast
from anwei.foundation.accounts.permissions import EXPORT
from anwei.foundation.audit.permissions import READ_TRAIL
from anwei.workorders.orders.models import WorkOrder
from anwei.workorders.orders.queries import flow_of, order_of
from anwei.workorders.orders.shown import state_pill
from anwei.workorders.quality.forms import HarmForm, RefuseForm
from anwei.workorders.quality.models import Report
from anwei.workorders.quality.operations import assess_harm, close, deliver_report, refuse, release
from anwei.workorders.quality.permissions import ANSWER_HARM, CLOSE_ORDER, DELIVER_REPORT, READ_RELEASES, READ_REPORTS, RELEASE
from anwei.workorders.quality.queries import tests_of
from anwei.workorders.quality.report import missing_in
from anwei.workorders.quality.shown import actions_for, facts_of, gate_of, strip_of, test_views
from anwei.workorders.quality.tables import ReleaseQueue
from anwei.workorders.visits.queries import photos_of


@page(right=READ_RELEASES)
def queue(request: PageRequest) -> HttpResponseBase:
    """Show what waits for quality."""
    rows = WorkOrder.objects.visible_to(request.actor)
    return lists.respond(request, ReleaseQueue(), rows, may_export=request.actor.may(EXPORT), context={"title": _("To be released")})


def _crumbs(found: WorkOrder, *more: Crumb) -> list[Crumb]:
    url = reverse("quality:order", args=[found.pk]) if more else ""
    return [Crumb(_("To be released"), reverse("quality:queue")), Crumb(found.number, url, mono=True), *more]


@page(right=READ_RELEASES)
def order(request: PageRequest, id: UUID) -> HttpResponse:
    """Show one order at the gate: the device, who repaired it, the tests it has to pass, the photos, the decision."""
    return _gate(request, order_of(request.actor, id))


def _gate(request: PageRequest, found: WorkOrder, refused: Refusal | None = None) -> HttpResponse:
    now, tests = timezone.now(), tests_of(found)
    gate = gate_of(request.actor, found, now)
    context: dict[str, Any] = {
        "order": found,
        "title": found.shown_title,
        "pill": state_pill(flow_of(found.flow_id).state(found.state)),
        "crumbs": _crumbs(found),
        "strip": strip_of(found, tests, now),
        "facts": facts_of(found),
        "tests": test_views(tests),
        "gate": gate,
        "refused": refused,
        "photos": photos_of(found),
        "harm_form": HarmForm() if found.harm == "unknown" and request.actor.may(ANSWER_HARM) else None,
        "decisions": found.releases.select_related("by").order_by("-at"),
        "reports": found.reports.select_related("file").order_by("-at"),
        "missing": missing_in(found, now) if found.released_at else (),
        "actions": actions_for(request.actor, found, gate),
    }
    return render(request, "quality/order.html", context, status=409 if refused else 200)


def _done(request: PageRequest, id: UUID, op: Operation[..., Any], said: str, **given: Any) -> HttpResponse:
    """Perform a deed of one button on the gate's page, and come back to it with what was done or why not."""
    found = order_of(request.actor, id)
    if refused := refusal_of(request, op, order=found, **given):
        return _gate(request, order_of(request.actor, id), refused)
    toast(request, said % {"number": found.number})
    return redirect("quality:order", id=id)


@page(right=RELEASE)
@require_POST
def release_page(request: PageRequest, id: UUID) -> HttpResponse:
    """Release the device."""
    return _done(request, id, release, _("%(number)s: the device is released to clinical use"))


@page(right=RELEASE)
def refuse_page(request: PageRequest, id: UUID) -> HttpResponse:
    """Ask why the device is not released, and send the work back."""
    found, form = order_of(request.actor, id), RefuseForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and attempt(request, form, refuse, order=found, reason=form.cleaned_data["reason"]):
        toast(request, _("%(number)s went back to its engineer; the device stays out of use") % {"number": found.number})
        return redirect("quality:queue")
    context = {
        "title": _("Refuse the release"),
        "crumbs": _crumbs(found, Crumb(_("Refuse the release"))),
        "submit_label": _("Refuse, send back"),
        "about_title": found.title,
        "about": facts_of(found),
        "cancel_url": reverse("quality:order", args=[found.pk]),
    }
    return form_page(request, form, context=context)


@page(right=ANSWER_HARM)
@require_POST
def harm_page(request: PageRequest, id: UUID) -> HttpResponse:
    """Answer whether somebody was harmed."""
    return _done(request, id, assess_harm, _("%(number)s: the question about harm is answered"), harm=request.POST.get("harm", ""))


@page(right=DELIVER_REPORT)
@require_POST
def deliver_page(request: PageRequest, id: UUID) -> HttpResponse:
    """Make and deliver the service report."""
    site = settings.BASE_URL or request.build_absolute_uri("/")
    return _done(request, id, deliver_report, _("%(number)s: the service report is delivered"), site=site)


@page(right=CLOSE_ORDER)
@require_POST
def close_page(request: PageRequest, id: UUID) -> HttpResponse:
    """Close the order."""
    return _done(request, id, close, _("%(number)s is closed"))


@page(right=READ_REPORTS)
def on_order(request: PageRequest, id: UUID) -> HttpResponse:
    """Show the decision on the device and its report, as a panel of the order's page."""
    found = order_of(request.actor, id)
    context = {
        "order": found,
        "decision": found.releases.select_related("by").only("verdict", "reason", "at", "by__name").order_by("-at").first(),
        "reports": found.reports.order_by("-at"),
        "may_open": request.actor.may(READ_RELEASES),
    }
    return render(request, "quality/_on_order.html", context)


@page(right=READ_TRAIL)
def trail(request: PageRequest, id: UUID) -> HttpResponse:
    """Lead to everything that happened to an order, as a panel of its page."""
    return render(request, "quality/_trail.html", {"order": order_of(request.actor, id)})


@public_page("who holds a report may ask whether it is genuine; its digest is the proof")
def verify(request: HttpRequest, id: UUID, digest: str) -> HttpResponse:
    """Say whether a service report is genuine: its number, device and date, and nothing else."""
    rows = Report.objects.select_related("order__device__model")
    found = rows.filter(order=id, digest=digest).first()
    return render(request, "quality/verify.html", {"report": found}, status=200 if found else 404)
