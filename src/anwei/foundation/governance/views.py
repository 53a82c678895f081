"""Proposals: the list of those that wait, and the page on which one is decided. Inspections: what does not hold."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anwei.core import lists
from anwei.core.errors import NotFound
from anwei.core.jobs import served
from anwei.core.pages import PageRequest, attempt, form_page, page
from anwei.core.registers import registers
from anwei.core.shell import Action, Crumb, Fact
from anwei.core.toasts import toast
from anwei.core.wording import when
from anwei.foundation.governance.forms import DecisionForm
from anwei.foundation.governance.models import Proposal
from anwei.foundation.governance.operations import approve, decline
from anwei.foundation.governance.permissions import DECIDE, INSPECT, READ_INSPECTIONS, READ_PROPOSALS
from anwei.foundation.governance.queries import differences, inspections
from anwei.foundation.governance.tables import STATES, ProposalList, verdict, words_of
from anwei.foundation.governance.tasks import inspect_now


@page(right=READ_PROPOSALS)
def proposal_list(request: PageRequest) -> HttpResponseBase:
    """Show proposals."""
    rows = Proposal.objects.visible_to(request.actor)
    return lists.respond(request, ProposalList(), rows, context={"title": _("Proposals")})


@page(right=READ_PROPOSALS)
def proposal(request: PageRequest, id: UUID) -> HttpResponse:
    """Show one proposal, old beside new, and let somebody else than the proposer decide it."""
    found = Proposal.objects.visible_to(request.actor).select_related("proposer", "decided_by").filter(pk=id).first()
    if found is None:
        raise NotFound(kind="proposal")
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        op = decline if "decline" in request.POST else approve
        if done := attempt(request, form, op, proposal=found, **form.cleaned_data):
            toast(request, STATES[done.body["state"]].label)
            return redirect("governance:proposal", id=found.pk)
    is_open = found.state == Proposal.State.OPEN
    may_decide = request.actor.may(DECIDE) and found.proposer_id != request.actor.id
    context: dict[str, Any] = {
        "proposal": found,
        "title": words_of(found.verb),
        "pill": STATES[found.state],
        "crumbs": [Crumb(_("Proposals"), reverse("governance:proposals")), Crumb(found.subject_name, mono=True)],
        "differences": differences(request.actor, found) if is_open else [],
        "facts": _facts(found),
        "is_open": is_open,
        "may_decide": is_open and may_decide,
    }
    return form_page(request, form, "governance/proposal.html", context)


def _facts(found: Proposal) -> list[Fact]:
    label, _colon, key = found.subject.partition(":")
    link = registers.links.get(label)
    return [
        Fact(_("Record"), found.subject_name, link(UUID(key)) if link else "", mono=True),
        Fact(_("Proposed by"), found.proposer.name, note=when(found.created_at)),
        Fact(_("Why"), found.reason),
        Fact(_("Decided by"), found.decided_by.name if found.decided_by else "", note=when(found.decided_at)),
        Fact(_("Answer"), found.answer),
    ]


@page(right=READ_INSPECTIONS)
def inspection_list(request: PageRequest) -> HttpResponse:
    """Show the last inspection, invariant by invariant, and those before it."""
    found = inspections(request.actor)
    labels = {invariant.name: invariant.label for invariant in registers.invariants}
    broken = {b["name"]: b for b in found[0].broken} if found else {}
    names = found[0].names if found else []
    may = request.actor.may(INSPECT)
    context = {
        "title": _("Inspections"),
        "actions": [Action(_("Inspect now"), reverse("governance:inspect"), "quality", primary=True, post=True)] if may else [],
        "last": found[0] if found else None,
        "before": [(one.at, verdict(bool(one.broken)), [b["name"] for b in one.broken]) for one in found[1:]],
        "checks": [(labels.get(name, name), name, verdict(name in broken), broken.get(name, {})) for name in names],
        "served": served(),
    }
    return render(request, "governance/inspections.html", context)


@require_POST
@page(right=INSPECT)
def inspect(request: PageRequest) -> HttpResponse:
    """Have an inspection done by the worker."""
    inspect_now()
    toast(request, _("The inspection is under way; what it finds appears here."))
    return redirect("governance:inspections")
