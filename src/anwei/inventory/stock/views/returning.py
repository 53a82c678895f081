"""One piece that has to come back, and what becomes of it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from anwei.core.errors import NotFound
from anwei.core.pages import PageRequest, attempt, form_page, page, refusal_of
from anwei.core.shell import Action, Crumb, Fact
from anwei.core.toasts import toast
from anwei.core.wording import when
from anwei.foundation.governance.operations import propose
from anwei.inventory.stock.forms import JudgeForm, ScrapForm
from anwei.inventory.stock.models import Due, Place
from anwei.inventory.stock.operations import hand_in, judge
from anwei.inventory.stock.permissions import JUDGE_RETURNS, READ_STOCK, WRITE_OFF
from anwei.inventory.stock.shown import CONDITIONS, DUE_STATES, FATES, RULES, marks


def due_of(request: PageRequest, id: UUID) -> Due:
    """Return a piece that is owed.

    :raises NotFound: there is none, or it is not theirs to see
    """
    found = Due.objects.visible_to(request.actor).select_related("part", "holder", "place").filter(pk=id).first()
    if found is None:
        raise NotFound(kind="due")
    return found


@page(right=READ_STOCK)
def due(request: PageRequest, id: UUID) -> HttpResponse:
    """Show one piece that has to come back; a keeper judges it by one choice."""
    found = due_of(request, id)
    may = request.actor.may(JUDGE_RETURNS) and found.state in (Due.State.OPEN, Due.State.BACK) and found.rule != "unused"
    form = JudgeForm(request.actor, found, request.POST or None)
    if request.method == "POST" and may and form.is_valid() and attempt(request, form, judge, due=found, **form.cleaned_data):
        toast(request, _("Decided: %(fate)s") % {"fate": FATES[form.cleaned_data["fate"]]})
        return redirect("stock:dues")
    context = {
        "due": found,
        "title": found.part.label,
        "pill": DUE_STATES[found.state],
        "crumbs": [Crumb(_("Returns and old parts"), reverse("stock:dues")), Crumb(found.part.number, mono=True)],
        "actions": _actions(request, found, may),
        "may_judge": may,
        "facts": [
            Fact(_("Part"), found.part.number, mono=True),
            Fact(_("Serial number"), marks(found.serial, found.lot) or _("none to read"), mono=True),
            Fact(_("Condition"), CONDITIONS[found.condition].label),
            Fact(_("Reason to return"), RULES.get(found.rule, found.rule)),
            Fact(_("Order"), found.label, mono=True),
            Fact(_("Who owes it"), found.holder.name),
            Fact(_("Due back"), when(found.due_on)),
            Fact(_("Lies at"), found.place.name),
            Fact(_("What became of it"), FATES.get(found.fate, "")),
            Fact(_("Witness"), found.witness),
            Fact(_("Note"), found.note),
        ],
    }
    return form_page(request, form, "stock/due.html", context)


def _actions(request: PageRequest, found: Due, may: bool) -> list[Action]:
    actions = []
    if may and found.state == Due.State.OPEN:
        actions.append(Action(_("Only take it in"), reverse("stock:hand_in", args=[found.pk]), "stock", post=True))
    if request.actor.may(WRITE_OFF) and found.place.kind in (Place.Kind.QUARANTINE, Place.Kind.DEFECTIVE):
        actions.append(Action(_("Propose scrapping"), reverse("stock:scrap", args=[found.pk]), "ban", danger=True))
    return actions


@page(right=JUDGE_RETURNS)
def take_in(request: PageRequest, id: UUID) -> HttpResponse:
    """Take an old part into quarantine, to be judged later."""
    found = due_of(request, id)
    if request.method == "POST":
        refusal = refusal_of(request, hand_in, due=found)
        toast(request, str(refusal) if refusal else _("It lies in quarantine now"))
    return redirect("stock:due", id=found.pk)


@page(right=WRITE_OFF)
def propose_scrapping(request: PageRequest, id: UUID) -> HttpResponse:
    """Propose to scrap a piece; a second person decides."""
    found = due_of(request, id)
    form = ScrapForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        payload = {"due": str(found.pk), "witness": given["witness"], "note": given["reason"]}
        subject = f"{found._meta.label}:{found.pk}"
        if done := attempt(request, form, propose, verb="stock.scrap", payload=payload, subject=subject, reason=given["reason"]):
            toast(request, _("Scrapping is proposed; somebody else decides"))
            return redirect("governance:proposal", id=done.id)
    context = {
        "title": _("Propose scrapping"),
        "crumbs": [Crumb(str(found.part.label), reverse("stock:due", args=[found.pk])), Crumb(_("Propose scrapping"))],
        "submit_label": _("Propose"),
        "cancel_url": reverse("stock:due", args=[found.pk]),
    }
    return form_page(request, form, context=context)
